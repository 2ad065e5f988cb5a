using Seedance.Store;

namespace Seedance.CrashChild;

/// <summary>One process's work on a state folder, as a script would do it with the cmdlets.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        await RunAsync(args, Environment.GetEnvironmentVariable, Steps.Say).ConfigureAwait(false);
        Steps.Say("END");
        return 0;
    }

    /// <summary>The same work in whatever process this is.</summary>
    /// <param name="args">The command and its options.</param>
    /// <param name="variable">Its environment.</param>
    /// <param name="say">Gets what it tells, a line each.</param>
    public static async Task RunAsync(string[] args, Func<string, string?> variable, Action<string> say)
    {
        ChildOptions options = new(args);
        Steps steps = new(options["halt-at"], options["fill-at"], options["fill"], options["trace"] is not null);
        ChildOutput output = new(options["everything"] is not null, say);
        using SteppedNetwork network = new(steps);
        using SeedanceServices services = new(
            variable,
            Clock(options, variable),
            _ => steps.Wanted ? network : null,
            home => SteppedStore.Around(new SqlJobStore(new StoreChoice(variable, home).Open(TimeProvider.System)), steps));
        if (options["gate"] is not null)
        {
            Steps.Say("READY");
            Console.In.ReadLine(); // The parent lets all racers go at once.
        }

        try
        {
            ChildWork work = new(services, options, output);
            await (options.Command switch
            {
                "run" => work.RunAsync(),
                "submit" => work.SubmitAllAsync(),
                "finish" => work.FinishAsync(),
                "list" => work.ListAsync(),
                "work" => work.WorkAsync(),
                "append" => work.AppendAsync(),
                _ => throw new InvalidOperationException("No such command: " + options.Command),
            }).ConfigureAwait(false);
        }
        catch (SeedanceException error)
        {
            output.Error(error);
        }
    }

    private static TimeProvider Clock(ChildOptions options, Func<string, string?> variable) =>
        options["real-time"] is null
            && long.TryParse(variable(ChildProcess.EpochVariable), NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            ? new FastClock(DateTimeOffset.FromUnixTimeMilliseconds(epoch), options["hasty"] is not null)
            : TimeProvider.System;
}
