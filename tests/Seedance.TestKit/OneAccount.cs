using Seedance.Jobs.Prepare;

namespace Seedance.Jobs.Submit;

/// <summary>Submits to an account that the test has at hand already.</summary>
internal static class OneAccount
{
    public static Task RunAsync(
        this SubmitVideo submit, PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop) =>
        submit.RunAsync(SubmitRow.Of(prepared, options), output, stop);
}
