namespace Seedance.Core.Tests.Downloads;

/// <summary>Gives some bytes and then nothing, until it is told to stop.</summary>
internal sealed class StalledStream(byte[] first) : PassingStream
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _given;

    public Task Stalled => _stalled.Task;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_given)
        {
            _given = true;
            first.CopyTo(buffer);
            return first.Length;
        }

        _stalled.TrySetResult();
        TaskCompletionSource<int> never = new();
        using (cancellationToken.Register(() => never.TrySetCanceled(cancellationToken)))
        {
            return await never.Task;
        }
    }
}
