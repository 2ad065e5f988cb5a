using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Fuzz;

/// <summary>What may come out of an operation, whatever went in.</summary>
internal static class FuzzCheck
{
    private const string Bidi = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    public static IEnumerable<string> Wrongs(RecordingOutput output, Exception? thrown, StoredJob record, object? more, string key)
    {
        if (thrown is not (null or SeedanceException))
        {
            yield return "a raw exception: " + thrown;
        }

        SeedanceException[] errors = [.. output.Errors, .. new[] { thrown }.OfType<SeedanceException>()];
        foreach (SeedanceException error in errors)
        {
            if (error.Code == ErrorCode.Unexpected || error.Message.Length == 0)
            {
                yield return "an unclassified error: " + error;
            }
        }

        string?[] shown =
        [
            .. errors.SelectMany(
                error => new[] { error.Message, error.RecommendedAction, error.RequestId, error.ProviderCode, error.ResponseExcerpt }),
            .. output.Of("warning").Cast<string>(),
            .. output.Jobs.Append(record.Job).SelectMany(Texts),
            .. (record.Notes ?? new Dictionary<string, string>()).Select(note => note.Value),
        ];
        if (shown.FirstOrDefault(text => text?.Any(letter => char.IsControl(letter) || Bidi.Contains(letter)) == true) is { } command)
        {
            yield return "a command for the terminal: " + JsonSerializer.Serialize(command);
        }

        if (shown.FirstOrDefault(text => text?.Length > 20_000) is { } endless)
        {
            yield return "an unbounded text of " + endless.Length + " characters";
        }

        string all = string.Join("\n",
            [.. shown, .. errors.Select(error => error.ToString()), .. output.Of("debug").Cast<string>(),
            .. output.Of("verbose").Cast<string>(), more?.ToString()]);
        if (Spellings(all).Any(text => text.Contains(key, StringComparison.Ordinal)) || HoldsBase64(all, key))
        {
            yield return "the key: " + all;
        }
    }

    private static IEnumerable<string?> Texts(SeedanceJob job) =>
        [job.ProviderJobId, job.Error?.Message, job.Error?.ProviderCode, job.Error?.RequestId,
            .. job.Outputs.Select(file => file.Url?.AbsoluteUri)];

    private static IEnumerable<string> Spellings(string text)
    {
        yield return text;
        if (text.Contains('%'))
        {
            yield return Uri.UnescapeDataString(text);
        }

        if (text.Contains('&'))
        {
            yield return WebUtility.HtmlDecode(text);
        }

        if (text.Contains("\\u", StringComparison.Ordinal))
        {
            yield return Regex.Replace(
                text, @"\\u(?<code>[0-9a-fA-F]{4})", hit =>
                    ((char)Convert.ToInt32(hit.Groups["code"].Value, 16)).ToString(), RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>What of base64 depends on the key alone, at each of the three places where it may begin.</summary>
    private static bool HoldsBase64(string text, string key) => Enumerable.Range(0, 3).Any(lead =>
    {
        string form = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', lead) + key)).TrimEnd('=');
        int first = ((lead * 8) + 5) / 6;
        return text.Contains(form[first..((lead + key.Length) * 8 / 6)], StringComparison.Ordinal);
    });
}
