using System.Diagnostics;
using Seedance.CrashChild;
using Seedance.Simulator;

namespace Seedance.Crash.Tests;

/// <summary>
/// A full disk and one that cannot be written, real ones: a small file system in memory that only the child sees, for which the system must
/// allow a namespace of mounts.
/// </summary>
public sealed class DiskTests
{
    private static readonly Lazy<bool> s_canMount = new(CanMount);

    [Fact]
    public async Task FullDisk_BeforeTheRecord_IsOneErrorAndSendsNothing()
    {
        using CrashScene scene = new(onServer: false);

        using ChildProcess child = await RunOnSmallDiskAsync(
            scene, scene.Home, "size=512k", "submit", "--fill-at", "before TryTakeSlotAsync");

        Assert.Contains("FULL", child.Lines);
        Assert.StartsWith("StoreFailure ", Assert.Single(child.Errors), StringComparison.Ordinal);
        Assert.Empty(scene.Host.Tasks);
    }

    [Fact]
    public async Task FullDisk_BetweenAnswerAndReceipt_SaysWhichJobItWas()
    {
        using CrashScene scene = new(onServer: false);

        using ChildProcess child = await RunOnSmallDiskAsync(scene, scene.Home, "size=512k", "submit", "--fill-at", "after POST");

        Assert.Contains("FULL", child.Lines);
        string error = Assert.Single(child.Errors);
        Assert.StartsWith("StoreFailure ", error, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(scene.Host.Tasks).Id, error, StringComparison.Ordinal);
        Assert.Empty(child.Jobs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FullDisk_WhileSaving_IsOneErrorAndTheJobCanBeSavedElsewhere(bool onServer)
    {
        using CrashScene scene = new(
            onServer, new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero, MediaBytes = 4_000_000 });
        Directory.CreateDirectory(scene.Videos);

        using ChildProcess child = await RunOnSmallDiskAsync(scene, scene.Videos, "size=1m", "run", "--to", scene.Videos);

        Assert.StartsWith("SaveFailed ", Assert.Single(child.Errors), StringComparison.Ordinal);
        Assert.Equal("Succeeded", Assert.Single(await scene.ListAsync()).Status);
        using ChildProcess again = await scene.RunAsync("finish", "--to", scene.Videos);
        await scene.AssertSavedWholeAsync(again.Jobs[^1]);
    }

    /// <summary>A runtime that was told not to lock files; the store's locks are the engine's own.</summary>
    [Fact]
    public async Task FilesAreNotLocked_ManyWithOneToken_AreOneSubmit()
    {
        using CrashScene scene = new(onServer: false);
        ChildProcess[] children = [.. Enumerable.Range(0, 4).Select(_ => ChildProcess.Start(
            ChildProcess.DotNet,
            [ChildProcess.Program, "submit", "--token", "row-1", "--gate", "yes"],
            scene.Home,
            scene.Address,
            ("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1")))];
        foreach (ChildProcess child in children)
        {
            await child.ExpectAsync("READY", CrashScene.Stop);
        }

        Array.ForEach(children, child => child.Go());
        foreach (ChildProcess child in children)
        {
            await child.EndAsync(CrashScene.Stop);
            Assert.Empty(child.Errors);
            child.Dispose();
        }

        Assert.Single(scene.Host.Tasks);
    }

    [Fact]
    public async Task ReadOnlyStateFolder_Submit_IsOneErrorAndSendsNothing()
    {
        using CrashScene scene = new(onServer: false);
        using (ChildProcess first = await scene.RunAsync("submit"))
        {
            Assert.Empty(first.Errors);
        }

        // The folders and locks of an earlier run are there, which is when a wait for a lock could last for ever.
        using ChildProcess child = await RunOnReadOnlyDiskAsync(scene, scene.Home, "submit");

        Assert.StartsWith("StoreFailure ", Assert.Single(child.Errors), StringComparison.Ordinal);
        Assert.Single(scene.Host.Tasks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadOnlyDestination_Save_IsOneErrorAndTheJobCanBeSavedElsewhere(bool onServer)
    {
        using CrashScene scene = new(onServer);
        Directory.CreateDirectory(scene.Videos);

        using ChildProcess child = await RunOnReadOnlyDiskAsync(scene, scene.Videos, "run", "--to", scene.Videos);

        Assert.StartsWith("SaveFailed ", Assert.Single(child.Errors), StringComparison.Ordinal);
        using ChildProcess again = await scene.RunAsync("finish", "--to", scene.Videos);
        await scene.AssertSavedWholeAsync(again.Jobs[^1]);
    }

    private static Task<ChildProcess> RunOnSmallDiskAsync(CrashScene scene, string folder, string size, params string[] command) =>
        RunMountedAsync(scene, "mount -t tmpfs -o " + size + " tmpfs \"$1\"", folder, [.. command, "--fill", folder]);

    private static Task<ChildProcess> RunOnReadOnlyDiskAsync(CrashScene scene, string folder, params string[] command) =>
        RunMountedAsync(scene, "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"", folder, command);

    private static async Task<ChildProcess> RunMountedAsync(CrashScene scene, string mount, string folder, string[] command)
    {
        Assert.SkipUnless(s_canMount.Value, "This system lets no user mount a file system of his own (unshare -Urm).");
        List<string> arguments = ["-Urm", "sh", "-c", mount + " && shift && exec \"$@\"", "sh", folder, ChildProcess.DotNet,
            ChildProcess.Program, command[0], "--prompt", CrashScene.Prompt];
        arguments.AddRange(command[1..]);
        ChildProcess child = ChildProcess.Start("unshare", arguments, scene.Home, scene.Address, scene.Variables);
        return await child.EndAsync(CrashScene.Stop);
    }

    private static bool CanMount()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            using Process process = Process.Start("unshare", ["-Urm", "sh", "-c", "mount -t tmpfs tmpfs /mnt 2>/dev/null"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
