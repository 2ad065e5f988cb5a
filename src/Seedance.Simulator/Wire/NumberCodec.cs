namespace Seedance.Simulator.Wire;

/// <summary>Numbers as one typeable word: variable-length bytes, a check code, base32 without look-alike letters.</summary>
internal static class NumberCodec
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int CheckBytes = 4;

    public static string Encode(params ulong[] numbers)
    {
        List<byte> bytes = new(numbers.Length * 3);
        foreach (ulong number in numbers)
        {
            ulong rest = number;
            for (; rest >= 0x80; rest >>= 7)
            {
                bytes.Add((byte)(rest | 0x80));
            }

            bytes.Add((byte)rest);
        }

        uint check = Check(bytes, bytes.Count);
        for (int shift = 0; shift < CheckBytes * 8; shift += 8)
        {
            bytes.Add((byte)(check >> shift));
        }

        return ToBase32(bytes);
    }

    /// <summary>The numbers, or null when <paramref name="code"/> was not made by <see cref="Encode"/>.</summary>
    public static ulong[]? Decode(string code)
    {
        if (FromBase32(code) is not { Count: > CheckBytes } bytes)
        {
            return null;
        }

        int length = bytes.Count - CheckBytes;
        uint check = 0;
        for (int i = 0; i < CheckBytes; i++)
        {
            check |= (uint)bytes[length + i] << (8 * i);
        }

        return check == Check(bytes, length) ? ReadNumbers(bytes, length) : null;
    }

    private static ulong[]? ReadNumbers(List<byte> bytes, int length)
    {
        List<ulong> numbers = [];
        ulong number = 0;
        int shift = 0;
        for (int i = 0; i < length; i++)
        {
            number |= (ulong)(bytes[i] & 0x7F) << shift;
            shift += 7;
            if (bytes[i] < 0x80)
            {
                numbers.Add(number);
                number = 0;
                shift = 0;
            }
        }

        return shift == 0 ? [.. numbers] : null;
    }

    private static uint Check(List<byte> bytes, int length)
    {
        uint hash = 2166136261; // FNV-1a: a typing error is caught, forgery is nobody's concern here.
        for (int i = 0; i < length; i++)
        {
            hash = unchecked((hash ^ bytes[i]) * 16777619);
        }

        return hash;
    }

    private static string ToBase32(List<byte> bytes)
    {
        StringBuilder text = new((bytes.Count * 8 + 4) / 5);
        int held = 0;
        int bits = 0;
        foreach (byte value in bytes)
        {
            held = ((held << 8) | value) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            }
        }

        if (bits > 0)
        {
            text.Append(Alphabet[(held << (5 - bits)) & 31]);
        }

        return text.ToString();
    }

    private static List<byte>? FromBase32(string text)
    {
        List<byte> bytes = new(text.Length * 5 / 8);
        int held = 0;
        int bits = 0;
        foreach (char letter in text)
        {
            int value = Alphabet.IndexOf(letter);
            if (value < 0)
            {
                return null;
            }

            held = ((held << 5) | value) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bytes.Add((byte)(held >> (bits - 8)));
                bits -= 8;
            }
        }

        // Left-over bits are zero in what Encode makes; anything else would be a second name for the same numbers.
        return bits < 5 && (held & ((1 << bits) - 1)) == 0 ? bytes : null;
    }
}
