namespace Seedance;

/// <summary>Reads of a response's body that end when they are stopped, on every runtime.</summary>
internal static class StreamReads
{
#if NETSTANDARD2_0
    // .NET Framework and Mono ignore the token of a read that waits; their core library has this name.
    private static readonly bool s_ignoresTokens = typeof(object).Assembly.GetName().Name == "mscorlib";
#endif

    /// <summary>
    /// Reads some bytes. Nobody may dispose of the stream while this waits: later runtimes then drain it beside the read, and both take
    /// bytes that belong to the next answer on the connection.
    /// </summary>
    public static Task<int> ReadOrStopAsync(this Stream body, byte[] buffer, int offset, int count, CancellationToken stop)
    {
        Task<int> read = body.ReadAsync(buffer, offset, count, stop);
#if NETSTANDARD2_0
        return s_ignoresTokens ? read.OrStop(stop) : read;
#else
        return read;
#endif
    }
}
