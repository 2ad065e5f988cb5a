namespace Seedance;

/// <summary>A progress line. <paramref name="Percent"/> is null where nobody can know it.</summary>
internal sealed record OperationProgress(
    string Activity, string Status, int? Percent = null, int? SecondsRemaining = null, bool Completed = false);
