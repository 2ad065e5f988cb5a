namespace Seedance.TestKit;

/// <summary>The message says what happened, the recommended action what to do; neither repeats the other.</summary>
internal static class ErrorText
{
    private const int ShortestSentence = 25; // Shorter ones are names and commands, which both may need.

    /// <summary>What is wrong with the words of an error; null when they are right.</summary>
    public static string? FindFlaw(SeedanceException error)
    {
        if (string.IsNullOrWhiteSpace(error.Message))
        {
            return error.Code + " has no message.";
        }

        if (error.RecommendedAction is { } action && string.IsNullOrWhiteSpace(action))
        {
            return error.Code + " has an empty advice: " + error.Message;
        }

        string[] said = Sentences(error.Message);
        string[] advised = Sentences(error.RecommendedAction ?? string.Empty);
        return said.Intersect(advised, StringComparer.Ordinal).FirstOrDefault() is { } both ? error.Code + " says twice: " + both
            : advised.Length > advised.Distinct(StringComparer.Ordinal).Count() ? error.Code + " advises twice: " + error.RecommendedAction
            : null;
    }

    private static string[] Sentences(string text) =>
        [.. text.Split([". ", "; "], StringSplitOptions.TrimEntries).Select(sentence => sentence.TrimEnd('.'))
            .Where(sentence => sentence.Length >= ShortestSentence)];
}
