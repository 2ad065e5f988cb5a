namespace Seedance.Store;

/// <summary>What the disk refuses leaves the store as <see cref="ErrorCode.StoreFailure"/>, with what it was at and what to do.</summary>
internal static class StoreFault
{
    public static async Task<T> GuardAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (NotSupportedException error)
        {
            throw new SeedanceException(ErrorCode.StoreFailure, "Could not " + what + ": " + error.Message, error)
            {
                RecommendedAction = "Update the module on this machine.",
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SeedanceException(ErrorCode.StoreFailure, "Could not " + what + ": " + error.Message, error)
            {
                RecommendedAction = "Check that the state folder exists, is yours and has room; SEEDANCE_HOME can name another.",
            };
        }
    }
}
