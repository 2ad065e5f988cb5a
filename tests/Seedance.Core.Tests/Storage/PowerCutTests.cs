using Seedance.Accounts;
using Seedance.Storage;

namespace Seedance.Core.Tests.Storage;

/// <summary>
/// What was asked of the disk, in its order, replayed with a power cut after every step: what was not flushed by then is gone.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-power-").FullName;
    private readonly List<DiskStep> _steps = [];

    public PowerCutTests() => DiskBarrier.Watch.Value = step =>
    {
        lock (_steps)
        {
            _steps.Add(step);
        }
    };

    public void Dispose()
    {
        DiskBarrier.Watch.Value = null;
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public void Write_PowerCutAfterEveryStep_IsNeverTornAndLastsOnceItReturned()
    {
        string target = Path.Combine(_home, "record");
        AtomicFile.Write(target, [1], overwrite: false);
        _steps.Clear();

        AtomicFile.Write(target, [2], overwrite: true);

        Assert.Contains(_steps, step => step.Action == DiskAction.Rename);
        for (int cut = 0; cut <= _steps.Count; cut++)
        {
            Assert.False(IsTorn(_steps.Take(cut)), "Cut after step " + cut.ToString(CultureInfo.InvariantCulture));
        }

        Assert.True(Lasts(target));
    }

    [Fact]
    public void Save_ProfileInANewStateFolder_PowerCutOnceItReturned_KeepsItAndItsFolders()
    {
        string home = Path.Combine(_home, "new", "state");
        new ProfileStore(home).Save(new SeedanceProfile { Name = "studio", Provider = "Muapi", IsDefault = true });

        string[] renamed = [.. _steps.Where(step => step.Action == DiskAction.Rename).Select(step => step.Path)];
        Assert.Equal(2, renamed.Length);
        Assert.All(renamed, path => Assert.True(Lasts(path), path));
        if (OperatingSystem.IsWindows())
        {
            return; // Flushes no folder: NTFS writes the names of its folders through its log.
        }

        string[] flushed = [.. _steps.Where(step => step.Action == DiskAction.FlushFolder).Select(step => step.Path)];
        for (string folder = Path.GetDirectoryName(renamed[0])!; folder.Length >= _home.Length; folder = Path.GetDirectoryName(folder)!)
        {
            Assert.Contains(folder, flushed);
        }
    }

    /// <summary>Its last rename was written through, or its name was flushed afterwards.</summary>
    private bool Lasts(string path)
    {
        int renamed = _steps.FindLastIndex(step => step.Action == DiskAction.Rename && step.Path == path);
        return OperatingSystem.IsWindows() || _steps.Skip(renamed + 1).Any(step =>
            step.Action == DiskAction.FlushFolder && step.Path == Path.GetDirectoryName(path));
    }

    /// <summary>A name may reach the disk at any moment after its rename; the bytes must be there before.</summary>
    private static bool IsTorn(IEnumerable<DiskStep> done)
    {
        HashSet<string> loose = new(StringComparer.Ordinal);
        foreach (DiskStep step in done)
        {
            switch (step.Action)
            {
                case DiskAction.Write:
                    loose.Add(step.Path);
                    break;
                case DiskAction.FlushFile:
                    loose.Remove(step.Path);
                    break;
                case DiskAction.Rename when loose.Contains(step.From!):
                    return true;
                default:
                    break;
            }
        }

        return false;
    }
}
