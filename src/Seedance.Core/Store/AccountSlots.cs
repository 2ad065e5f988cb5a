using Seedance.Records;

namespace Seedance.Store;

/// <summary>Who holds the slots of an account.</summary>
/// <param name="InFlight">Its jobs that have not ended, oldest first.</param>
/// <param name="Unreadable">One for each record that cannot be read and may be of such a job.</param>
/// <param name="Held">How many slots these take up.</param>
/// <param name="Free">The lowest number that none of them has.</param>
/// <param name="Lapsed">Jobs that have a number and count no more.</param>
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
