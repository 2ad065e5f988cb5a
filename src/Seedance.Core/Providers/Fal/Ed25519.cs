using System.Numerics;
using System.Security.Cryptography;

namespace Seedance.Providers.Fal;

/// <summary>
/// Verification of Ed25519 signatures (RFC 8032, 5.1.7), which neither target framework has. Everything here is public, so nothing has to run in
/// constant time; never sign with it.
/// </summary>
internal static class Ed25519
{
    public const int KeyLength = 32;
    private const int SignatureLength = 64;

    private static readonly BigInteger s_prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger s_d = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger s_rootOfMinusOne = BigInteger.ModPow(2, (s_prime - 1) / 4, s_prime);
    private static readonly Point s_neutral = new(0, 1, 1, 0);
    private static readonly Point s_base = Decode(BasePoint())!;

    public static bool Verify(byte[] publicKey, byte[] message, byte[] signature)
    {
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength || Decode(publicKey) is not { } key)
        {
            return false;
        }

        byte[] first = signature.AsSpan(0, KeyLength).ToArray();
        BigInteger s = Number(signature.AsSpan(KeyLength).ToArray());
        if (s >= s_order || Decode(first) is not { } r)
        {
            return false; // A second spelling of the same signature would be a signature nobody made.
        }

        using SHA512 sha = SHA512.Create();
        byte[] text = new byte[KeyLength + KeyLength + message.Length];
        first.CopyTo(text, 0);
        publicKey.CopyTo(text, KeyLength);
        message.CopyTo(text, KeyLength + KeyLength);
        BigInteger k = Number(sha.ComputeHash(text)) % s_order;
        return Same(Multiply(s_base, s), Add(r, Multiply(key, k)));
    }

    /// <summary>y = 4/5, the even x.</summary>
    private static byte[] BasePoint()
    {
        byte[] bytes = new byte[KeyLength];
        Mod(4 * Inverse(5)).ToByteArray().AsSpan(0, KeyLength).CopyTo(bytes);
        return bytes;
    }

    private static Point? Decode(byte[] bytes)
    {
        byte[] copy = (byte[])bytes.Clone();
        bool odd = (copy[KeyLength - 1] & 0x80) != 0;
        copy[KeyLength - 1] &= 0x7F;
        BigInteger y = Number(copy);
        if (y >= s_prime)
        {
            return null;
        }

        BigInteger square = Mod(Mod((y * y) - 1) * Inverse(Mod((s_d * y * y) + 1)));
        BigInteger x = BigInteger.ModPow(square, (s_prime + 3) / 8, s_prime);
        if (Mod((x * x) - square) != 0)
        {
            x = Mod(x * s_rootOfMinusOne);
        }

        if (Mod((x * x) - square) != 0 || (x.IsZero && odd))
        {
            return null;
        }

        if (x.IsEven == odd)
        {
            x = s_prime - x;
        }

        return new Point(x, y, 1, Mod(x * y));
    }

    /// <summary>RFC 8032, 5.1.4: complete, so it doubles as well.</summary>
    private static Point Add(Point p, Point q)
    {
        BigInteger a = Mod((p.Y - p.X) * (q.Y - q.X));
        BigInteger b = Mod((p.Y + p.X) * (q.Y + q.X));
        BigInteger c = Mod(2 * p.T * q.T * s_d);
        BigInteger d = Mod(2 * p.Z * q.Z);
        BigInteger e = b - a;
        BigInteger f = d - c;
        BigInteger g = d + c;
        BigInteger h = b + a;
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Point Multiply(Point point, BigInteger times)
    {
        Point sum = s_neutral;
        for (; times > 0; times >>= 1)
        {
            if (!times.IsEven)
            {
                sum = Add(sum, point);
            }

            point = Add(point, point);
        }

        return sum;
    }

    private static bool Same(Point p, Point q) => Mod((p.X * q.Z) - (q.X * p.Z)).IsZero && Mod((p.Y * q.Z) - (q.Y * p.Z)).IsZero;

    /// <summary>Little-endian, without a sign.</summary>
    private static BigInteger Number(byte[] bytes)
    {
        byte[] positive = new byte[bytes.Length + 1];
        bytes.CopyTo(positive, 0);
        return new BigInteger(positive);
    }

    private static BigInteger Mod(BigInteger value)
    {
        BigInteger rest = value % s_prime;
        return rest.Sign < 0 ? rest + s_prime : rest;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, s_prime - 2, s_prime);

    /// <summary>In extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
    private sealed class Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t)
    {
        public BigInteger X { get; } = x;

        public BigInteger Y { get; } = y;

        public BigInteger Z { get; } = z;

        public BigInteger T { get; } = t;
    }
}
