using Seedance.Records;

namespace Seedance.Store;

/// <summary>
/// Who holds the slots of an account. <paramref name="InFlight"/> is oldest first; <paramref name="Unreadable"/> has one for each record
/// that cannot be read and may be of such a job. <paramref name="Held"/> is how many slots these take up, <paramref name="Free"/> the
/// lowest number that none of them has, and <paramref name="Lapsed"/> has jobs with a number that count no more.
/// </summary>
internal sealed record AccountSlots(
    IReadOnlyList<StoredJob> InFlight, IReadOnlyList<SeedanceException> Unreadable, int Held, int Free, IReadOnlyList<string> Lapsed)
{
    public static AccountSlots Of(IReadOnlyList<JobRow> open, SlotTerms terms, DateTimeOffset now, ProcessMark self)
    {
        List<StoredJob> inFlight = [];
        List<SeedanceException> unreadable = [];
        List<string> lapsed = [];
        HashSet<int> numbers = [];
        int counting = 0;
        foreach (JobRow row in open)
        {
            bool counts = true;
            try
            {
                StoredJob job = row.Read(now, self);
                inFlight.Add(job);
                counts = terms.Counts(job.Job);
                counting += counts ? 1 : 0;
            }
            catch (SeedanceException error)
            {
                unreadable.Add(error);
            }

            if (row.Slot is { } number)
            {
                _ = counts ? numbers.Add(number) : Lapse(row.Id);
            }
        }

        return new AccountSlots(inFlight, unreadable, counting + unreadable.Count, Lowest(numbers), lapsed);

        bool Lapse(string id)
        {
            lapsed.Add(id);
            return true;
        }
    }

    private static int Lowest(HashSet<int> taken)
    {
        int number = 0;
        while (taken.Contains(number))
        {
            number++;
        }

        return number;
    }
}
