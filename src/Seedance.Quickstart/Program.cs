using Seedance.Quickstart;

Checkout checkout = new((string)AppContext.GetData("Seedance.Repository")!);
var (options, wrong) = QuickstartOptions.Parse(args, checkout.PathOf("out", "videos"));
if (options is null)
{
    Console.Error.WriteLine(wrong);
    Console.Error.WriteLine(QuickstartOptions.Usage);
    return 2;
}

// Ctrl+C reaches the command that runs by itself, since it shares the console; this process then ends with that one's code.
Console.CancelKeyPress += static (_, key) => key.Cancel = true;

Console.WriteLine("Building the module. The first time restores its packages too, which can take some minutes.");
int code = checkout.Run("build", checkout.PathOf("src", "Seedance.PowerShell"), "-nologo", "-clp:NoSummary");
if (code != 0)
{
    Console.Error.WriteLine("The module could not be built. 'dotnet build' in " + checkout.Folder
        + " shows why; a first build needs the package feed.");
    return code;
}

Console.WriteLine("Restoring PowerShell as a .NET tool of this folder (some 45 MB the first time).");
code = checkout.Run("tool", "restore");
if (code != 0)
{
    Console.Error.WriteLine("PowerShell could not be restored. Run 'dotnet tool restore' in " + checkout.Folder
        + " where the package feed can be reached, then this again.");
    return code;
}

string module = checkout.PathOf("out", "Seedance.PowerShell", "Seedance.PowerShell.psd1");
Console.WriteLine("Making a video with the module's own commands:");
Console.WriteLine("  dotnet tool run pwsh");
Console.WriteLine("  Import-Module " + QuickstartOptions.Quote(module));
Console.WriteLine("  " + options.ToPowerShell());
return checkout.Run("tool", "run", "pwsh", "--", "-NoProfile", "-Command", options.ToScript(module));
