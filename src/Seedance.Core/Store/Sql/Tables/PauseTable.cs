namespace Seedance.Store;

/// <summary>Until when an account's host wants to be left alone, by the store's clock.</summary>
internal static class PauseTable
{
    public static Task<int> TellAsync(StoreSession session, string account, DateTimeOffset until) => session.RunAsync(
        "insert into ~account (account, blocked_until) values (@account, @until) "
        + "on conflict (account) do update set blocked_until = excluded.blocked_until where account.blocked_until is null or account.blocked_until < excluded.blocked_until",
        ("account", account),
        ("until", SqlTime.Text(until)));

    public static async Task<DateTimeOffset?> UntilAsync(StoreSession session, string account) =>
        await session.FirstAsync("select blocked_until from ~account where account = @account and blocked_until is not null",
            static row => row.GetString(0), ("account", account))
            .ConfigureAwait(false) is { } until ? SqlTime.Read(until) : null;
}
