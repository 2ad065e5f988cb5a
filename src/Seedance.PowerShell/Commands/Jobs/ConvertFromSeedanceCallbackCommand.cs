using System.Management.Automation;
using System.Security;
using Seedance.Input;
using Seedance.Jobs.Callbacks;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Commands;

/// <summary>Turns the body of a provider's callback into the job, as the provider itself then tells it.</summary>
[Cmdlet(VerbsData.ConvertFrom, "SeedanceCallback")]
[OutputType(typeof(SeedanceJob))]
public sealed class ConvertFromSeedanceCallbackCommand : SeedanceCmdlet
{
    private JobAccounts? _accounts;

    /// <summary>The body: text, bytes, a hashtable, or the WebhookData object of an Azure runbook.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object Body { get; set; } = string.Empty;

    /// <summary>The request's headers, where a signature is to be checked.</summary>
    [Parameter]
    public object? Header { get; set; }

    /// <summary>The provider's signing secret or public keys.</summary>
    [Parameter]
    public SecureString? Secret { get; set; }

    /// <summary>Whose callback it is; without it, the body tells.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>The key, where it is in no variable and no vault.</summary>
    [Parameter]
    public SecureString? ApiKey { get; set; }

    private protected override int ActivityId => 5025;

    private JobAccounts Accounts => _accounts ??= new JobAccounts(Services, InvokeCommand, PlainText(ApiKey));

    /// <inheritdoc/>
    private protected override void Begin() => OrTerminate(Accounts.LearnAllSecrets);

    /// <inheritdoc/>
    private protected override void Process()
    {
        ReceivedCallback callback = CallbackInput.Read(
            Unwrapped.Deep(Body), Unwrapped.Headers(Header), PlainText(Secret), CellText.Optional(Provider));
        RunOperation((output, stop) => new ReceiveCallback(Services, Accounts.Lookup).RunAsync(callback, output, stop));
    }
}
