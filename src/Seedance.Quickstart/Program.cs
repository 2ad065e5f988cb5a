using Seedance;
using Seedance.Quickstart;

var (options, wrong) = QuickstartOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine(wrong);
    Console.Error.WriteLine(QuickstartOptions.Usage);
    return 2;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

try
{
    string module = Path.Combine(AppContext.GetData("Seedance.Module") as string ?? string.Empty, "Seedance.PowerShell.psd1");
    string? engine = options.UseEngine && File.Exists(module) ? EngineRun.FindEngine() : null;
    if (engine is not null)
    {
        Console.WriteLine("Driving the built module in " + engine + ":");
        Console.WriteLine("  Import-Module " + module);
        Console.WriteLine("  " + options.ToPowerShell());
        return await EngineRun.RunAsync(engine, module, options, stop.Token).ConfigureAwait(false);
    }

    Console.WriteLine(options.UseEngine
        ? "No PowerShell on the path, so this runs the operations behind the cmdlets."
        : "Running the operations behind the cmdlets.");
    ConsoleOutput output = new();
    SeedanceJob? job = await OperationsRun.RunAsync(options, output, stop.Token).ConfigureAwait(false);
    if (job is null || output.Errors.Count > 0)
    {
        return 1;
    }

    string video = job.Outputs[0].Path!;
    Console.WriteLine();
    Console.WriteLine("Job      " + job.Id + (job.IsSimulated ? " (SIMULATED: no provider took part, nothing was paid)" : string.Empty));
    Console.WriteLine("Video    " + video);
    Console.WriteLine("Sidecar  " + video + ".json");
    Console.WriteLine("In PowerShell: " + options.ToPowerShell());
    return 0;
}
catch (SeedanceException error)
{
    Console.Error.WriteLine(error.Code + ": " + error.Message);
    Console.Error.WriteLine("  " + error.RecommendedAction);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. A job that was submitted goes on and is on record: Get-SeedanceJob -Unfinished finds it.");
    return 130;
}
