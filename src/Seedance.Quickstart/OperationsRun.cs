using Seedance.Accounts;
using Seedance.Operations;
using Seedance.Simulator;
using Seedance.Submitting;

namespace Seedance.Quickstart;

/// <summary>The job through the operations that the cmdlets call, for a machine without PowerShell.</summary>
internal static class OperationsRun
{
    public static async Task<SeedanceJob?> RunAsync(QuickstartOptions options, ConsoleOutput output, CancellationToken stop)
    {
        SimulatorEngine simulator = new(new SimulatorOptions());
        using SeedanceServices services = new(
            Environment.GetEnvironmentVariable,
            TimeProvider.System,
            address => address.Host == "simulator.invalid" ? new SimulatorHandler(simulator) : null);
        Account account = services.Accounts(static (_, _) => null).Resolve(new AccountSelection { Provider = options.Provider });
        PreparedSubmit prepared = PrepareSubmit.Run(account, new VideoRequest
        {
            Prompt = options.Prompt,
            Model = options.Model,
            DurationSeconds = options.Duration,
            Resolution = options.Resolution,
        });
        Console.WriteLine(prepared.Describe());

        await new SubmitVideo(services).RunAsync(prepared, new SubmitOptions(), output, stop).ConfigureAwait(false);
        JobLookup lookup = new(services, static (_, _) => null, apiKey: null);
        using WaitForJobs wait = new(services, lookup, new WaitOptions());
        foreach (SeedanceJob job in Take(output))
        {
            await wait.AddAsync(new JobReference(job.Id), output, stop).ConfigureAwait(false);
        }

        await wait.FinishAsync(output, stop).ConfigureAwait(false);
        SaveJobOptions save = new() { Destination = Path.GetFullPath(options.Destination), Force = true };
        foreach (SeedanceJob job in Take(output).Where(job => job.Status == JobStatus.Succeeded))
        {
            await new SaveJobs(services, lookup).RunAsync(new JobReference(job.Id), save, output, stop).ConfigureAwait(false);
        }

        return Take(output).FirstOrDefault();
    }

    /// <summary>What the last step wrote, which is what the next one works on.</summary>
    private static SeedanceJob[] Take(ConsoleOutput output)
    {
        SeedanceJob[] jobs = [.. output.Results.OfType<SeedanceJob>()];
        output.Results.Clear();
        return jobs;
    }
}
