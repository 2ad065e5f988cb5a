using System.Text.Json;
using System.Text.RegularExpressions;
using Seedance.Storage;

namespace Seedance.Accounts;

/// <summary>A file per profile and one that names the default, so that no lock is needed. Never a key.</summary>
internal sealed class ProfileStore(string home)
{
    private const string DefaultFile = "default";
    private static readonly Regex s_name = new(
        "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));
    private readonly string _folder = Path.Combine(home, "profiles");

    /// <summary>Those that can be read; one that cannot is told to <paramref name="report"/> and is no reason to lack the others.</summary>
    public IReadOnlyList<SeedanceProfile> List(Action<SeedanceException>? report = null)
    {
        if (!Directory.Exists(_folder))
        {
            return [];
        }

        string? preferred = DefaultName();
        List<SeedanceProfile> found = [];
        foreach (string path in Directory.EnumerateFiles(_folder, "*.json").OrderBy(path => path, StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                found.Add(Read(path, preferred));
            }
            catch (SeedanceException error)
            {
                report?.Invoke(error);
            }
        }

        return found;
    }

    /// <summary>
    /// Null where there is none. One that cannot be read throws: without its settings, what it names would be done in another way.
    /// </summary>
    public SeedanceProfile? Find(string name)
    {
        if (s_name.IsMatch(name) && File.Exists(PathOf(name)))
        {
            SeedanceProfile own = Read(PathOf(name), DefaultName());
            if (string.Equals(own.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return own;
            }
        }

        return List().FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    public SeedanceProfile? Default() => DefaultName() is { Length: > 0 } name ? Find(name) : null;

    /// <summary>True for what the module uses as a proxy.</summary>
    public static bool IsProxy(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.Host.Length > 0
            && address.UserInfo.Length == 0;

    public void Save(SeedanceProfile profile)
    {
        if (!s_name.IsMatch(profile.Name))
        {
            throw new SeedanceException(ErrorCode.InvalidProfile, "'" + profile.Name + "' cannot name a profile.")
            {
                RecommendedAction = "Use up to 64 letters, digits, dots, dashes and underscores, starting with a letter or digit.",
            };
        }

        Guard(() =>
        {
            StateFolder.Create(_folder);
            AtomicFile.Write(
                PathOf(profile.Name), ProfileDocument.Write(profile), overwrite: true, ownerOnly: true);
            if (profile.IsDefault)
            {
                AtomicFile.Write(
                    Path.Combine(_folder, DefaultFile), Encoding.UTF8.GetBytes(profile.Name), overwrite: true, ownerOnly: true);
            }
            else if (string.Equals(DefaultName(), profile.Name, StringComparison.OrdinalIgnoreCase))
            {
                File.Delete(Path.Combine(_folder, DefaultFile));
            }
        });
    }

    public void Remove(SeedanceProfile profile) => Guard(() =>
    {
        File.Delete(PathOf(profile.Name));
        if (profile.IsDefault)
        {
            File.Delete(Path.Combine(_folder, DefaultFile));
        }
    });

    private static void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SeedanceException(ErrorCode.StoreFailure, "Could not write the profile: " + error.Message, error)
            {
                RecommendedAction = "Check that the state folder exists, is yours and has room; SEEDANCE_HOME can name another.",
            };
        }
    }

    private static SeedanceProfile Read(string path, string? preferred)
    {
        try
        {
            SeedanceProfile read = ProfileDocument.Read(path);
            string name = read.Name.Length > 0 ? read.Name : Path.GetFileNameWithoutExtension(path);
            return read with { Name = name, IsDefault = string.Equals(preferred, name, StringComparison.OrdinalIgnoreCase) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SeedanceException(ErrorCode.InvalidProfile, "The profile file " + path + " cannot be read: " + error.Message, error)
            {
                Target = Path.GetFileNameWithoutExtension(path),
                RecommendedAction = "Repair or delete that file, then run Set-SeedanceProfile again.",
            };
        }
    }

    private string? DefaultName()
    {
        string path = Path.Combine(_folder, DefaultFile);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    private string PathOf(string name) => Path.Combine(_folder, name.ToLowerInvariant() + ".json");
}
