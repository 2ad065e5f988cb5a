using System.Runtime.ExceptionServices;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Output;

public sealed class OutputPumpTests
{
    private readonly RecordingOutput _output = new();

    [Fact]
    public void Run_WorkThrowsWhatNobodyForesaw_IsReportedBehindWhatWasWritten()
    {
        OutputPump.Run(
            (output, _) =>
            {
                output.Write("before");
                throw new InvalidDataException("The archive entry was compressed using an unsupported compression method.");
            },
            _output,
            CancellationToken.None);

        Assert.Equal(["output", "error"], _output.Records.Select(record => record.Stream));
        Assert.Equal(ErrorCode.ProtocolError, _output.Errors[0].Code);
        Assert.IsType<InvalidDataException>(_output.Errors[0].InnerException);
        Assert.NotEmpty(_output.Errors[0].RecommendedAction!);
    }

    [Fact]
    public void Run_WorkThrowsAnErrorOfOurs_EndsTheCall() => Assert.Throws<SeedanceException>(
        () => OutputPump.Run((_, _) => throw new SeedanceException(ErrorCode.ProviderNotChosen, "none"), _output, CancellationToken.None));

    /// <summary>One that is thrown and caught within costs a first command milliseconds, and shows in every debugger.</summary>
    [Fact]
    public void Run_WorkThatEndsWhileItIsWaitedFor_ThrowsNothingWithin()
    {
        int thread = Environment.CurrentManagedThreadId;
        int thrown = 0;
        EventHandler<FirstChanceExceptionEventArgs> count =
            (_, _) => thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += count;
        try
        {
            for (int i = 0; i < 100; i++)
            {
                OutputPump.Run((_, _) => Turns.GiveAsync(), _output, CancellationToken.None);
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= count;
        }

        Assert.Equal(0, thrown);
    }

    [Fact]
    public void Run_Stopped_EndsAsAStop()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => OutputPump.Run((_, token) => Task.FromCanceled(token), _output, stop.Token));
        Assert.Empty(_output.Records);
    }

    [Fact]
    public void Run_PipelineRefusesARecord_ItsOwnExceptionIsThrown()
    {
        Assert.Throws<TimeoutException>(() => OutputPump.Run((output, _) =>
        {
            output.Write("x");
            return Task.CompletedTask;
        }, new RefusingOutput(), CancellationToken.None));
    }

    private sealed class RefusingOutput : IOperationOutput
    {
        public void Write(object item) => throw new TimeoutException();

        public void Error(SeedanceException error)
        {
        }

        public void Warn(string text)
        {
        }

        public void Verbose(string text)
        {
        }

        public void Debug(string text)
        {
        }

        public void Progress(OperationProgress progress)
        {
        }
    }
}
