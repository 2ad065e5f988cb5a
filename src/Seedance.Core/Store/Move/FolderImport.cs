using System.Text.Json;
using Seedance.Records;
using Seedance.Spending;
using Seedance.Store.Sql;
using Seedance.Wire;

namespace Seedance.Store;

/// <summary>
/// Takes over, once, what versions before the database kept in files: a file for each job in <c>jobs</c>, one line for each entry of the
/// ledger, and how long jobs took, a file for each kind. The files are kept aside, and a file named <c>jobs</c> stays where their folder
/// was, so that an old version still in use fails instead of beginning an empty store.
/// </summary>
internal sealed class FolderImport(string home)
{
    private readonly string _jobs = Path.Combine(home, "jobs");
    private readonly string _ledger = Path.Combine(home, "ledger");
    private readonly string _durations = Path.Combine(home, "durations");
    private readonly string _aside = Path.Combine(home, "imported");
    private string? _report;

    public bool Exists => Directory.Exists(_jobs) || Directory.Exists(_ledger);

    public async Task RunAsync(StoreSession session)
    {
        DateTimeOffset now = await session.Engine.NowAsync(session).ConfigureAwait(false);
        (int jobs, List<string> unreadable) = await ImportJobsAsync(session, now).ConfigureAwait(false);
        int entries = await ImportLedgerAsync(session).ConfigureAwait(false);
        await ImportDurationsAsync(session).ConfigureAwait(false);
        _report = string.Format(
            CultureInfo.InvariantCulture,
            "{0:u}: {1} jobs and {2} entries of the spend ledger were taken over into seedance.db. {3} files could not be read{4}\n",
            now,
            jobs,
            entries,
            unreadable.Count,
            unreadable.Count == 0 ? "." : ":\n" + string.Join("\n", unreadable));
    }

    /// <summary>After the import is on the disk; what a crash kept from this is done at the next start.</summary>
    public void SetAside()
    {
        if (!Exists)
        {
            return;
        }

        Storage.StateFolder.Create(_aside);
        foreach (string folder in new[] { _jobs, _ledger, _durations }.Where(Directory.Exists))
        {
            string target = Path.Combine(_aside, Path.GetFileName(folder));
            Directory.Move(folder, Directory.Exists(target) ? target + "-" + Guid.NewGuid().ToString("N").Substring(0, 8) : target);
        }

        File.WriteAllText(Path.Combine(_aside, "README.txt"), _report ?? "These files were taken over into seedance.db.\n");
        if (!File.Exists(_jobs))
        {
            File.WriteAllText(_jobs, "The jobs are in seedance.db. This file keeps versions of the module from before it out.\n");
        }
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).OrderBy(Path.GetFileName, StringComparer.Ordinal)
        : [];

    private async Task<(int Jobs, List<string> Unreadable)> ImportJobsAsync(StoreSession session, DateTimeOffset now)
    {
        int jobs = 0;
        List<string> unreadable = [.. Files(Path.Combine(_jobs, "damaged"), "*.json")];

        // A job that a crash left in two places counts where it ended, so these come first.
        foreach (string path in new[] { Path.Combine(_jobs, "done", "late"), Path.Combine(_jobs, "done"),
            Path.Combine(_jobs, "open") }.SelectMany(folder => Files(folder, "*.json")))
        {
            try
            {
                StoredJob job = JobDocument.Read(File.ReadAllBytes(path));
                string token = job.Job.ClientToken is { } text ? Path.Combine(_jobs, "tokens", AccountKey.Hash(text)) : string.Empty;
                bool owns = !File.Exists(token) || File.ReadAllText(token).Trim() == job.Job.Id;
                jobs += await JobTable.AddAsync(session, job, slot: null, now, claimsToken: owns).ConfigureAwait(false) ? 1 : 0;
            }
            catch (Exception error) when (error is JsonException or FormatException or NotSupportedException or IOException
                or UnauthorizedAccessException)
            {
                unreadable.Add(path);
                string id = Path.GetFileNameWithoutExtension(path);
                if (JobId.IsValid(id))
                {
                    await JobTable.AddDamagedAsync(session, id, now).ConfigureAwait(false);
                }
            }
        }

        return (jobs, unreadable);
    }

    private async Task<int> ImportLedgerAsync(StoreSession session)
    {
        int entries = 0;
        foreach (string path in Files(_ledger, "*.jsonl"))
        {
            DayTotals totals = new(Path.GetFileNameWithoutExtension(path));
            foreach (SpendEntry entry in File.ReadLines(path).Select(Entry).OfType<SpendEntry>())
            {
                await LedgerTable.InsertAsync(session, entry).ConfigureAwait(false);
                totals.Apply(entry);
                entries++;
            }

            foreach (SpendSum sum in totals.Sums)
            {
                await LedgerTable.AddAsync(session, sum.Day, sum.Key, sum.Amount).ConfigureAwait(false);
            }
        }

        return entries;
    }

    /// <summary>
    /// The first line of a file names the kind, each of the others is a number of seconds and a semicolon. What cannot be read is learnt
    /// again.
    /// </summary>
    private async Task ImportDurationsAsync(StoreSession session)
    {
        foreach (string path in Files(_durations, "*"))
        {
            string[] lines;
            try
            {
                lines = File.ReadAllLines(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (lines.Length == 0 || !lines[0].StartsWith("# ", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (TimeSpan duration in lines.Skip(1).Select(Duration).OfType<TimeSpan>())
            {
                await DurationTable.AddAsync(session, lines[0].Substring(2), duration).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Null for a line that a crash cut off, or that no job can have taken.</summary>
    private static TimeSpan? Duration(string line) =>
        line.EndsWith(";", StringComparison.Ordinal)
        && double.TryParse(
            line.Substring(0, line.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
        && seconds is > 0 and < 1e7 ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Null for a line that a crash cut off; its request never left.</summary>
    private static SpendEntry? Entry(string line)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(line);
            WireNode node = new(parsed.RootElement);
            SpendEvent? happened = node["event"].Text switch
            {
                "reserve" => SpendEvent.Reserve,
                "settle" => SpendEvent.Settle,
                "release" => SpendEvent.Release,
                _ => null,
            };
            return happened is not { } known || node["job"].Text is not { } job || node["at"].Time is not { } at
                ? null
                : new SpendEntry(known, job, at)
            {
                Provider = node["provider"].Text ?? string.Empty,
                Profile = node["profile"].Text,
                Model = node["model"].Text ?? string.Empty,
                WireModel = node["wireModel"].Text ?? string.Empty,
                Amount = node["amount"].Number is { } amount && SaneCost.Is(amount) ? amount : null,
                Unit = node["unit"].Text,
                Seconds = node["seconds"].Integer,
                IsSimulated = node["simulated"].Flag ?? false,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
