using System.Collections;
using System.Management.Automation;
using Seedance.Input;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Cmdlets;

namespace Seedance.PowerShell.Commands;

/// <summary>Makes a prompt of each combination of values. Asks nobody and costs nothing.</summary>
[Cmdlet(VerbsCommon.New, "SeedancePrompt")]
[OutputType(typeof(SeedancePrompt))]
public sealed class NewSeedancePromptCommand : SeedanceCmdlet
{
    /// <summary>The prompt, with places such as {light}.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string Template { get; set; } = string.Empty;

    /// <summary>The values for each place.</summary>
    [Parameter(Position = 1)]
    [AllowNull]
    public IDictionary? Value { get; set; }

    private protected override int ActivityId => 5031;

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (SeedancePrompt prompt in PromptTemplate.Parse(Template).Fill(Values()))
        {
            WriteObject(prompt);
        }
    }

    private Dictionary<string, IReadOnlyList<string>> Values() => (Value ?? new Hashtable()).Keys.Cast<object>()
        .ToDictionary(
            name => name.ToString() ?? string.Empty, name => Texts(Unwrapped.Value(Value![name])), StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyList<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable several =>
            [.. several.Cast<object?>()
            .Select(item => Convert.ToString(Unwrapped.Value(item), CultureInfo.InvariantCulture) ?? string.Empty)],
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty],
    };
}
