namespace Seedance.PowerShell.Tests;

/// <summary>What one Pester file came to.</summary>
internal sealed record PesterCount(int Passed, int Failed, int Skipped, double Seconds);
