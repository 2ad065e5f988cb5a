using Seedance.Accounts;

namespace Seedance.Submitting;

/// <summary>The submits of one call of the command: what the rows have to know of each other, and what each of them would do or does.</summary>
internal sealed class SubmitCall(SeedanceServices services)
{
    private readonly RequestCounter _asked = new();
    private readonly SubmitRehearsal _rehearsal = new(services);
    private readonly SubmitVideo _submit = new(services);

    public SubmitRow Row(VideoRequest request, IReadOnlyList<AccountChoice> accounts, SubmitOptions options) => new(
        request,
        [.. accounts.Select(choice => SubmitCandidate.Of(choice, request, options.Terms))],
        options with { Occurrence = _asked.Next(accounts.Select(choice => (choice.Profile, choice.Provider)), request) });

    /// <summary>The submit that would be made; null where there would be none, and the output says why.</summary>
    public async Task<PreparedSubmit?> RehearseAsync(SubmitRow row, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            return await _rehearsal.FirstAsync(row, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (Unforeseen.IsFault(error, stop))
        {
            output.Fault(Unforeseen.Of(error, row.Request.Prompt));
            return null;
        }
    }

    public Task SubmitAsync(SubmitRow row, IOperationOutput output, CancellationToken stop) => _submit.RunAsync(row, output, stop);
}
