using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Media;

/// <summary>What a media url stands for, all of it in the url: any engine serves it, also after the one that made it has gone.</summary>
internal sealed record MediaToken(DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, long MediaBytes, ulong Salt)
{
    private const ulong Tag = 2;
    private const string Suffix = ".mp4";

    public static MediaToken Of(SimulatorTask task, DateTimeOffset endedAt)
    {
        ulong salt = 0;
        foreach (char letter in task.Id)
        {
            salt = Entropy.Mix(salt + letter);
        }

        return new MediaToken(endedAt, endedAt + task.UrlLifetime, task.MediaBytes, salt & 0xFFFFFF);
    }

    public static MediaToken? Parse(string text)
    {
        string code = text.EndsWith(Suffix, StringComparison.Ordinal) ? text.Substring(0, text.Length - Suffix.Length) : text;
        return NumberCodec.Decode(code) is [Tag, var made, var expires, var bytes, var salt]
            && UnixTime.TryRead(made, out DateTimeOffset madeAt) && UnixTime.TryRead(expires, out DateTimeOffset expiresAt)
            && bytes <= long.MaxValue && MediaContent.IsPossibleLength((long)bytes)
            ? new MediaToken(madeAt, expiresAt, (long)bytes, salt)
            : null;
    }

    public override string ToString() =>
        NumberCodec.Encode(Tag, UnixTime.Write(MadeAt), UnixTime.Write(ExpiresAt), (ulong)MediaBytes, Salt) + Suffix;
}
