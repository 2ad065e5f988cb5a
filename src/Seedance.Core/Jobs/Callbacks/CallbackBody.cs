namespace Seedance.Jobs.Callbacks;

/// <summary>The bytes behind a head: some came with it, the rest is still on its way.</summary>
internal sealed class CallbackBody(Stream stream, byte[] first, int begin, int end) : IDisposable
{
    private const int LongestLine = 64; // Of a chunk's size; extensions are not for callbacks.
    private readonly MemoryStream _content = new();
    private int _at = begin;
    private int _end = end;

    /// <summary>Null where it ends too early.</summary>
    public async Task<byte[]?> ReadAsync(long length)
    {
        while (_content.Length < length)
        {
            if (_at == _end && !await FillAsync().ConfigureAwait(false))
            {
                return null;
            }

            int take = (int)Math.Min(_end - _at, length - _content.Length);
            _content.Write(first, _at, take);
            _at += take;
        }

        return _content.ToArray();
    }

    /// <summary>Null where it is no sequence of chunks, or more than that.</summary>
    public async Task<byte[]?> ReadChunksAsync(long most)
    {
        while (true)
        {
            if (await ReadLineAsync().ConfigureAwait(false) is not { } line
                || !int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size)
                || size < 0
                || _content.Length + size > most)
            {
                return null;
            }

            if (size == 0)
            {
                return _content.ToArray();
            }

            if (await ReadAsync(_content.Length + size).ConfigureAwait(false) is null
                || await ReadLineAsync().ConfigureAwait(false) is not "")
            {
                return null;
            }
        }
    }

    public void Dispose() => _content.Dispose();

    private async Task<string?> ReadLineAsync()
    {
        StringBuilder line = new();
        while (line.Length <= LongestLine)
        {
            if (_at == _end && !await FillAsync().ConfigureAwait(false))
            {
                return null;
            }

            char next = (char)first[_at++];
            if (next == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(next);
        }

        return null;
    }

    private async Task<bool> FillAsync()
    {
        _at = 0;
        _end = await stream.ReadAsync(first, 0, first.Length).ConfigureAwait(false);
        return _end > 0;
    }
}
