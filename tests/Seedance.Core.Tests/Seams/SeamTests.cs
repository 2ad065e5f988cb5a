using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Seams;

/// <summary>Whatever is thrown wherever, a script sees errors of ours alone, and the next item has its turn.</summary>
public sealed class SeamTests
{
#pragma warning disable MA0015, CA2201 // They stand for what the runtime throws.
    private static readonly Dictionary<string, Func<Exception>> s_errors = new Func<Exception>[]
    {
        () => new IOException("disk"), () => new FileNotFoundException("gone"), () => new EndOfStreamException(), () =>
            new InvalidDataException("no gzip"),
        () => new UnauthorizedAccessException("not yours"), () => new SecurityException(), () => new JsonException("no JSON"), () =>
            new FormatException("no form"),
        () => new ArgumentException("no argument"), () => new ArgumentOutOfRangeException("x"), () =>
            new InvalidOperationException("not now"), () => new NotSupportedException(),
        () => new NotImplementedException(), () => new NullReferenceException(), () => new KeyNotFoundException(), () =>
            new IndexOutOfRangeException(), () => new InvalidCastException(),
        () => new OverflowException(), () => new DivideByZeroException(), () => new TimeoutException(), () =>
            new TaskCanceledException("nobody asked"),
        () => new ObjectDisposedException("x"), () => new HttpRequestException("no way"), () =>
            new SocketException((int)SocketError.HostUnreachable), () => new WebException("web"),
        () => new AuthenticationException("tls"), () => new CryptographicException("x"), () =>
            new AggregateException(new IOException("inner")), () => new UriFormatException("no address"),
        () => new DecoderFallbackException("no text"), () => new RegexMatchTimeoutException(), () =>
            new TargetInvocationException(new IOException("inner")), () => new InsufficientMemoryException("memory"),
        () => new SeedanceException(ErrorCode.StoreFailure, "ours"), () => new HttpListenerException(5, "listener"),
    }.ToDictionary(make => make().GetType().Name, StringComparer.Ordinal);
#pragma warning restore MA0015, CA2201

    public static TheoryData<string> Places() => [.. SeamScene.Places];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Seam_ThrowsEveryType_IsAnErrorOfOursAndTheNextItemHasItsTurn(string place)
    {
        using SeamScene scene = new();
        HashSet<string> reaching = new(StringComparer.Ordinal);
        List<string> wrong = [];
        int turn = 0;
        foreach (string operation in SeamScene.Operations)
        {
            await TryAsync(operation, s_errors.Values.ElementAt(turn++ % s_errors.Count));
        }

        Assert.NotEmpty(reaching);
        string[] operations = [.. reaching];
        for (int i = 0; i < s_errors.Count; i++)
        {
            await TryAsync(operations[i % operations.Length], s_errors.Values.ElementAt(i));
        }

        foreach (string operation in operations)
        {
            RecordingOutput next = await scene.RunAsync(operation, place: null, static () => new TimeoutException());
            wrong.AddRange(
                next.Errors.Where(error => error.Code != ErrorCode.InsufficientCredits)
                .Select(error => operation + " afterwards: " + error.Message));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        int known = (await scene.RecordsAsync()).Count(stored => stored.Job is { ClientToken: not null, State: not JobStatus.Submitting });
        Assert.InRange(known + scene.Told, scene.Taken, int.MaxValue);

        async Task TryAsync(string operation, Func<Exception> error)
        {
            try
            {
                RecordingOutput hit = await scene.RunAsync(operation, place, error);
                wrong.AddRange(hit.Errors.Where(error => error.Message.Length == 0).Select(_ => operation + " has no message."));
                if (hit.Errors.Count == 0 && !hit.Of("output").Any() && operation != "query")
                {
                    wrong.Add(operation + " said nothing of " + error().GetType().Name + ".");
                }
            }
            catch (SeedanceException)
            {
                // It stops the call, in words of ours.
            }

            if (scene.Trap.Sprung > 0)
            {
                reaching.Add(operation);
            }
        }
    }
}
