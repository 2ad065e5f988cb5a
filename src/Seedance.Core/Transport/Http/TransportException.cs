namespace Seedance.Transport;

/// <summary>A call that brought no whole answer. <see cref="MayHaveArrived"/> is what decides about money.</summary>
internal sealed class TransportException(string message, bool mayHaveArrived, Exception? inner) : Exception(message, inner)
{
    /// <summary>False only where the body surely never left this machine.</summary>
    public bool MayHaveArrived { get; } = mayHaveArrived;
}
