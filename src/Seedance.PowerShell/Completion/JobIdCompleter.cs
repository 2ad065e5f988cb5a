using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Seedance.Input;
using Seedance.Jobs.Query;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Completion;

/// <summary>Offers the ids of the newest jobs, and says of each what it is. What is typed may be a part from either end.</summary>
public sealed class JobIdCompleter : IArgumentCompleter
{
    private const int MostRead = 500;
    private const int MostOffered = 50;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        try
        {
            IReadOnlyList<SeedanceJob> newest = new JobNames(ModuleServices.Current).NewestAsync(MostRead, CancellationToken.None)
                .GetAwaiter().GetResult();
            return
            [
                .. newest.Where(job => job.Id.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                    || job.Id.EndsWith(typed, StringComparison.OrdinalIgnoreCase))
                    .Take(MostOffered)
                    .Select(job => new CompletionResult(job.Id, job.Id, CompletionResultType.ParameterValue, Completions.Describe(job))),
            ];
        }
        catch (SeedanceException)
        {
            return []; // A store that cannot be read is for the command to report.
        }
    }
}
