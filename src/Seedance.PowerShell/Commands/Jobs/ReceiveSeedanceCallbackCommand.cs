using System.Management.Automation;
using System.Security;
using Seedance.Input;
using Seedance.Jobs.Callbacks;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Commands;

/// <summary>Listens on loopback for the callbacks of providers, and writes each job when it has ended.</summary>
[Cmdlet(VerbsCommunications.Receive, "SeedanceCallback", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class ReceiveSeedanceCallbackCommand : SeedanceCmdlet
{
    private JobAccounts? _accounts;

    /// <summary>The port on 127.0.0.1.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>The one path that is answered; hard to guess, it keeps strangers out.</summary>
    [Parameter(Position = 1)]
    [ValidatePattern("^/[!-~]*$")]
    public string Path { get; set; } = "/";

    /// <summary>Jobs of this profile alone.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>Whose callbacks they are; without it, each body tells.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>The provider's signing secret; a call that does not fit it is ignored.</summary>
    [Parameter]
    public SecureString? Secret { get; set; }

    /// <summary>How long to listen; without it, until the command is stopped.</summary>
    [Parameter]
    [ValidateRange(1, 31_536_000)]
    public int? TimeoutSec { get; set; }

    /// <summary>The key, where it is in no variable and no vault.</summary>
    [Parameter]
    public SecureString? ApiKey { get; set; }

    private protected override int ActivityId => 5029;

    private JobAccounts Accounts => _accounts ??= new JobAccounts(Services, InvokeCommand, PlainText(ApiKey));

    /// <inheritdoc/>
    private protected override void Begin() => OrTerminate(Accounts.LearnAllSecrets);

    /// <inheritdoc/>
    private protected override void End()
    {
        if (!ShouldProcess(
            FormattableString.Invariant($"127.0.0.1:{Port}{Path}"),
            "Listen for callbacks and ask the providers of the jobs that they name"))
        {
            return;
        }

        ReceiveOptions options = new()
        {
            Profile = CellText.Optional(Profile),
            Provider = CellText.Optional(Provider),
            Secret = PlainText(Secret),
            Timeout = TimeoutSec is { } seconds ? System.TimeSpan.FromSeconds(seconds) : System.Threading.Timeout.InfiniteTimeSpan,
        };
        RunOperation(async (output, stop) =>
        {
            using CallbackListener listener = new(Port, Path, Services.Time);
            using ReceiveCallbacks receive = new(Services, Accounts.Lookup);
            await receive.RunAsync(listener, options, output, stop).ConfigureAwait(false);
        });
    }
}
