using Seedance.Records;

namespace Seedance.Store;

/// <summary>
/// What the disk or the engine refuses leaves the store as <see cref="ErrorCode.StoreFailure"/>, with what it was at and what to do.
/// </summary>
internal static class StoreErrors
{
    private const int Tries = 5; // Each waits for the server to come back.

    /// <summary>Far longer than anybody holds the store who does not hang.</summary>
    public static TimeSpan Patience => TimeSpan.FromMinutes(1);

    /// <summary>Whether somebody else did not let the store go in time; what was to be done was not begun.</summary>
    public static bool IsBusy(SeedanceException error) => error is { Code: ErrorCode.StoreFailure, InnerException: TimeoutException };

    /// <summary>Whether a write came from one who has lost the job to another; nothing was changed.</summary>
    public static bool IsLost(SeedanceException error) =>
        error is { Code: ErrorCode.StoreFailure, InnerException: OperationCanceledException };

    public static SeedanceException Lost(StoredJob now) => new(
        ErrorCode.StoreFailure,
        string.Format(
            CultureInfo.InvariantCulture,
            "{0} was taken over {1}while this process could not be heard of; it is {2} now, and nothing was changed.",
            now.Job.Id,
            now.Owner is { } owner
                ? "by process " + owner.ProcessId.ToString(CultureInfo.InvariantCulture) + " on " + owner.Machine + " "
                : string.Empty,
            now.Job.State),
        new OperationCanceledException())
    {
        Job = now.Job,
        RecommendedAction = "Look at it with Get-SeedanceJob -Id " + now.Job.Id + ".",
    };

    public static SeedanceException Busy(string place, TimeSpan waited) => new(
        ErrorCode.StoreFailure,
        string.Format(
            CultureInfo.InvariantCulture, "The store {0} was held by another process for more than {1:0.#} s.", place, waited.TotalSeconds),
        new TimeoutException())
    {
        Target = place,
        RecommendedAction = string.Format(
            CultureInfo.InvariantCulture,
            "See which process has that file open (on Linux: fuser {0}) and end it if it hangs, then try again.", place),
    };

    public static SeedanceException Failed(string what, string why, Exception cause) =>
        new(ErrorCode.StoreFailure, "Could not " + what + ": " + why, cause)
    {
        RecommendedAction = "Check that the state folder exists, is yours and has room; SEEDANCE_HOME can name another.",
    };

    /// <summary>What a later version of the module wrote is nobody's to repair.</summary>
    public static SeedanceException Later(string what, Exception cause) =>
        new(ErrorCode.StoreFailure, "Could not " + what + ": " + cause.Message, cause)
    {
        RecommendedAction = "Update the module on this machine.",
    };

    /// <summary>
    /// A record that cannot be read. Nobody knows whether its job is paid, so nothing may take it for one that never was.
    /// </summary>
    public static SeedanceException Damaged(string id, Exception cause) => new(
        ErrorCode.StoreFailure,
        string.Format(
            CultureInfo.InvariantCulture,
            "The record of the job {0} is damaged. The job may have been paid, so nothing is sent in its place.", id),
        cause)
    {
        Target = id,
        RecommendedAction = string.Format(
            CultureInfo.InvariantCulture,
            "Look in the provider's dashboard for a job{0}. Then forget the record: Remove-SeedanceJob -Id {1} -Force. A job that the provider has is taken up with: "
            + "Get-SeedanceJob -Provider <name> -ProviderJobId <id>",
            JobId.IsValid(id) ? string.Format(CultureInfo.InvariantCulture, " of {0:u}", JobId.CreatedAt(id)) : string.Empty,
            id),
    };

    /// <summary>Whether this came of one record and not of the store.</summary>
    public static bool IsDamaged(SeedanceException error) =>
        error is { Code: ErrorCode.StoreFailure, Target: string id } && JobId.IsValid(id);

    /// <summary>
    /// <see cref="GuardAsync"/> for what does no harm when it is done twice: what a broken connection cut off is done once more, and nobody
    /// knows whether what it broke in was committed.
    /// </summary>
    public static Task<T> RepeatAsync<T>(StoreEngine engine, string what, Func<Task<T>> work) => GuardAsync(engine, what, work, Tries);

    /// <summary>What the work throws leaves as an error of the store; what a broken connection cut off is tried that often.</summary>
    public static async Task<T> GuardAsync<T>(StoreEngine engine, string what, Func<Task<T>> work, int tries = 1)
    {
        for (int turn = 1; ; turn++)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Exception error) when (turn < tries && engine.IsTransient(error))
            {
                // The next try gets another connection.
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw Failed(what, error.Message, error);
            }
            catch (Exception error) when (error is not (SeedanceException or OperationCanceledException))
            {
                throw engine.Translate(what, error) ?? Failed(what, error.Message, error);
            }
        }
    }
}
