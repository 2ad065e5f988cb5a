using System.Management.Automation;

namespace Seedance.PowerShell.Cmdlets;

/// <summary>
/// Speaks for an operation on the pipeline's thread. A type of its own, so that importing the cmdlets does not load the core.
/// </summary>
internal sealed class CmdletOutput(Cmdlet cmdlet, int activityId) : IOperationOutput
{
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(200); // Hosts drop what comes faster.
    private string? _activity;
    private long _progressShown;

    /// <summary>What errors are about, where it is a row among others.</summary>
    public ErrorSubject? Subject { get; set; }

    public void Write(object item) => cmdlet.WriteObject(item);

    public void Error(SeedanceException error) => cmdlet.WriteError(ErrorRecords.From(error, Subject));

    public void Warn(string text) => cmdlet.WriteWarning(VisibleText.Of(text));

    public void Verbose(string text) => cmdlet.WriteVerbose(VisibleText.Of(text));

    public void Debug(string text) => cmdlet.WriteDebug(VisibleText.Of(text));

    public void Progress(OperationProgress progress)
    {
        TimeProvider clock = TimeProvider.System;
        if (progress.Completed)
        {
            EndProgress();
        }
        else if (_activity is null || clock.GetElapsedTime(_progressShown) >= s_progressInterval)
        {
            _activity = progress.Activity;
            _progressShown = clock.GetTimestamp();
            cmdlet.WriteProgress(new ProgressRecord(activityId, VisibleText.Of(progress.Activity), VisibleText.Of(progress.Status))
            {
                PercentComplete = progress.Percent is { } percent ? Math.Min(100, Math.Max(0, percent)) : -1,
                SecondsRemaining = progress.SecondsRemaining ?? -1,
            });
        }
    }

    /// <summary>Completes the bar if there is one.</summary>
    public void EndProgress()
    {
        if (_activity is not { } activity)
        {
            return;
        }

        _activity = null;
        try
        {
            cmdlet.WriteProgress(new ProgressRecord(activityId, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline takes no more records and removes the bar itself.
        }
    }
}
