using Seedance.Store;

namespace Seedance.CrashChild;

/// <summary>One process's work on a state folder, as a script would do it with the cmdlets.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        ChildOptions options = new(args);
        Steps steps = new(options["halt-at"], options["fill-at"], options["fill"], options["trace"] is not null);
        ChildOutput output = new(options["everything"] is not null, Steps.Say);
        using SteppedNetwork network = new(steps);
        using SeedanceServices services = new(
            Environment.GetEnvironmentVariable,
            Clock(options),
            _ => steps.Wanted ? network : null,
            home => SteppedStore.Around(new SqlJobStore(Engine(home)), steps));
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

        Steps.Say("END");
        return 0;
    }

    private static StoreEngine Engine(string home) => new StoreChoice(Environment.GetEnvironmentVariable, home).Open(TimeProvider.System);

    private static TimeProvider Clock(ChildOptions options) =>
        options["real-time"] is null
            && long.TryParse(
            Environment.GetEnvironmentVariable(ChildProcess.EpochVariable), NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            ? new FastClock(DateTimeOffset.FromUnixTimeMilliseconds(epoch), options["hasty"] is not null)
            : TimeProvider.System;
}
