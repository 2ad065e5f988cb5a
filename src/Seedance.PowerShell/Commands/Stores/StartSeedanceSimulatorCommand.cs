using System.Management.Automation;
using Seedance.Accounts;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.PowerShell.Session;
using Seedance.Simulator;
using Seedance.Simulator.Faults;

namespace Seedance.PowerShell.Commands;

/// <summary>Starts a simulator of the providers on loopback.</summary>
[Cmdlet(VerbsLifecycle.Start, "SeedanceSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceSimulatorInfo))]
public sealed class StartSeedanceSimulatorCommand : SeedanceCmdlet
{
    /// <summary>What goes wrong, and when; a line per fault.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FaultCompleter))]
    public string[] Fault { get; set; } = [];

    /// <summary>How long a job is queued.</summary>
    [Parameter]
    [ValidateRange(0.0, 86400.0)]
    public double QueueSec { get; set; } = 1;

    /// <summary>How long a job runs after that.</summary>
    [Parameter]
    [ValidateRange(0.0, 86400.0)]
    public double RunSec { get; set; } = 2;

    /// <summary>Bytes of each video; 0 for a clip of two seconds.</summary>
    [Parameter]
    [ValidateRange(0L, 1L << 40)]
    public long MediaLength { get; set; }

    /// <summary>Requests per second that it answers, downloads apart; what comes faster gets a 429. 0 is no such rule.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e6)]
    public double RequestsPerSecond { get; set; }

    /// <summary>The port; 0 takes a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>Points the providers of this process at the simulator.</summary>
    [Parameter]
    public SwitchParameter SetEnvironment { get; set; }

    private protected override int ActivityId => 5010;

    /// <inheritdoc/>
    private protected override void Process()
    {
        SimulatorOptions options = OrTerminate(() => new SimulatorOptions
        {
            QueueTime = TimeSpan.FromSeconds(QueueSec),
            RunTime = TimeSpan.FromSeconds(RunSec),
            MediaBytes = MediaLength,
            RequestsPerSecond = RequestsPerSecond,
            Faults = [.. Fault.Select(Parse)],
            Seed = new Random().Next(), // Two simulators must not hand out the same job ids.
        });
        string port = Port == 0 ? "a free loopback port" : FormattableString.Invariant($"loopback port {Port}");
        if (!ShouldProcess(port, "Start a simulator"))
        {
            return;
        }

        RunningSimulator simulator = OrTerminate(() => RunningSimulators.Start(options, Port));
        IReadOnlyDictionary<string, string> environment = SimulatorEnvironment.For(simulator.Uri, Environment.GetEnvironmentVariable);
        if (SetEnvironment.IsPresent)
        {
            simulator.SetEnvironment(environment);
        }

        WriteObject(simulator.Describe(environment));
    }

    private static SimulatorFault Parse(string line)
    {
        try
        {
            return SimulatorFault.Parse(line);
        }
        catch (FormatException error)
        {
            throw new SeedanceException(ErrorCode.InvalidRequest, error.Message, error)
            {
                Target = line,
                RecommendedAction = "Nothing was started. about_Seedance_Simulator lists the faults.",
            };
        }
    }
}
