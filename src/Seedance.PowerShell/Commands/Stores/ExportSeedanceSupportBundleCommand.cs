using System.Management.Automation;
using System.Runtime.InteropServices;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.PowerShell.Session;
using Seedance.Support;

namespace Seedance.PowerShell.Commands;

/// <summary>Writes a zip with what somebody who helps needs to see, and no key.</summary>
[Cmdlet(VerbsData.Export, "SeedanceSupportBundle", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSeedanceSupportBundleCommand : SeedanceCmdlet
{
    private readonly List<string> _ids = [];

    /// <summary>The file; a name with the time in the current location by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The jobs whose traces go in; the newest 20 by default.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string[] Id { get; set; } = [];

    private protected override int ActivityId => 5040;

    private protected override void Process() => _ids.AddRange(Id);

    private protected override void End()
    {
        string name = "seedance-support-"
            + Services.Time.GetUtcNow().ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture) + ".zip";
        string path = FullPath(Path ?? name);
        path = Directory.Exists(path) ? System.IO.Path.Combine(path, name) : path;
        string jobs = _ids.Count == 0
            ? FormattableString.Invariant($"the newest {SupportBundle.Newest} jobs")
            : string.Join(", ", _ids);
        if (!ShouldProcess(
            path,
            "Write versions, names of settings and profiles, the health of the store, and " + jobs
                + " with what they and their providers said (no key, no prompt; answers may quote a prompt)"))
        {
            return;
        }

        RunOperation(async (output, stop) =>
        {
            SupportBundle bundle = new(Services, ModuleServices.Choice, Environment.GetEnvironmentVariable);
            SupportBundle.Write(path, await bundle.GatherAsync(_ids, Versions(), output, stop).ConfigureAwait(false));
        });
        WriteObject(new FileInfo(path));
    }

    private Dictionary<string, string> Versions() => new(StringComparer.Ordinal)
    {
        ["module"] = typeof(SupportBundle).Assembly.GetName().Version?.ToString() ?? string.Empty,
        ["engine"] = Host.Version.ToString(),
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["culture"] = System.Globalization.CultureInfo.CurrentCulture.Name,
        ["at"] = Services.Time.GetUtcNow().ToString("o", System.Globalization.CultureInfo.InvariantCulture),
    };
}
