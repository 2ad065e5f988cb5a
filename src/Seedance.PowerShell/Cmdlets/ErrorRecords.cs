using System.Management.Automation;

namespace Seedance.PowerShell.Cmdlets;

/// <summary>The only maker of error records: the code is the ErrorId, and here is the one map to categories.</summary>
internal static class ErrorRecords
{
    // The engine shows the recommended action since 7.5; before that nobody would see it unless the text has it too.
    private static readonly bool s_actionIsShown = typeof(PSObject).Assembly.GetName().Version >= new Version(7, 5);

    public static ErrorRecord From(SeedanceException error, ErrorSubject? subject = null)
    {
        string text = error.RecommendedAction is { Length: > 0 } action && !s_actionIsShown ? error.Message + " " + action : error.Message;
        text = subject is null ? text : subject.Describe() + ": " + text;
        ErrorRecord record = new(error, error.Code.ToString(), Category(error.Code), error.Job ?? subject?.Item ?? error.Target)
        {
            ErrorDetails = new ErrorDetails(VisibleText.Of(text)) { RecommendedAction = VisibleText.Of(error.RecommendedAction) },
        };
        if (record.TargetObject is string target)
        {
            record.CategoryInfo.TargetName = VisibleText.Of(target); // A prompt, as views show it.
        }

        return record;
    }

    private static ErrorCategory Category(ErrorCode code) => code switch
    {
        ErrorCode.ProviderNotChosen or ErrorCode.InvalidRequest or ErrorCode.UnsupportedByModel or ErrorCode.InvalidProfile =>
            ErrorCategory.InvalidArgument,
        ErrorCode.CredentialMissing or ErrorCode.AuthenticationFailed => ErrorCategory.AuthenticationError,
        ErrorCode.AccessDenied or ErrorCode.ContentRejected => ErrorCategory.PermissionDenied,
        ErrorCode.ReferenceUnreachable => ErrorCategory.OpenError,
        ErrorCode.InsufficientCredits or ErrorCode.OverBudget => ErrorCategory.QuotaExceeded,
        ErrorCode.PriceUnknown => ErrorCategory.InvalidOperation,
        ErrorCode.RateLimited => ErrorCategory.LimitsExceeded,
        ErrorCode.SlotTimeout or ErrorCode.WaitTimeout => ErrorCategory.OperationTimeout,
        ErrorCode.ProviderUnavailable => ErrorCategory.ConnectionError,
        ErrorCode.ProtocolError => ErrorCategory.ProtocolError,
        ErrorCode.SubmitUnconfirmed => ErrorCategory.InvalidResult,
        ErrorCode.JobNotFound or ErrorCode.ProfileNotFound or ErrorCode.ModelNotFound => ErrorCategory.ObjectNotFound,
        ErrorCode.JobFailed or ErrorCode.JobExpired or ErrorCode.OutputMissing or ErrorCode.BatchIncomplete => ErrorCategory.InvalidResult,
        ErrorCode.JobCancelled => ErrorCategory.OperationStopped,
        ErrorCode.OutputExpired => ErrorCategory.ResourceUnavailable,
        ErrorCode.IntegrityFailed => ErrorCategory.InvalidData,
        ErrorCode.FileExists => ErrorCategory.ResourceExists,
        ErrorCode.SaveFailed or ErrorCode.StoreFailure => ErrorCategory.WriteError,
        ErrorCode.NotSupportedByProvider => ErrorCategory.NotImplemented,
        ErrorCode.SimulatorFailure => ErrorCategory.OpenError,
        ErrorCode.Unexpected => ErrorCategory.NotSpecified,
        _ => ErrorCategory.NotSpecified,
    };
}
