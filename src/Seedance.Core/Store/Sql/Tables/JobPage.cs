namespace Seedance.Store;

/// <summary>
/// A page of a listing; the next begins behind its last. Written so that an index gives the rows of each page in their order, however many
/// jobs there are that are not asked for.
/// </summary>
internal sealed class JobPage
{
    private const int MostTexts = 100; // A statement takes no thousands; its reader looks at every text.
    private readonly List<string> _conditions = [];
    private readonly List<(string, object?)> _values = [];
    private readonly JobScope _scope;
    private readonly string _order;

    private JobPage(JobScope scope, (string CreatedAt, string Id)? behind)
    {
        _scope = scope;
        string direction = scope.NewestFirst ? "desc" : "asc";

        // Few have not ended, so that they are sorted here instead of looked for in the order of all.
        _order = $" order by created_at{(scope.OnlyUnfinished ? " || ''" : string.Empty)} {direction}, id {direction} limit @most";
        if (scope.OnlyUnfinished)
        {
            Where("finished = 0");
        }

        if (scope.CreatedFrom is { } from)
        {
            Where("created_at >= @from", ("from", SqlTime.Text(from)));
        }

        if (scope.CreatedTo is { } to)
        {
            Where("created_at <= @to", ("to", SqlTime.Text(to)));
        }

        if (scope.IdPart is { } part)
        {
            Where("(id like @head or id like @tail)", ("head", part + "%"), ("tail", "%" + part));
        }

        if (scope.ExpiresAfter is { } moment)
        {
            Where("(finished = 0 or expires_at > @moment)", ("moment", SqlTime.Text(moment)));
        }

        WhereText("tag", scope.Tags);
        WhereText("batch", scope.Batches);
        if (behind is { } last)
        {
            // As one value, or each page reads all before it.
            Where($"(created_at, id) {(scope.NewestFirst ? "<" : ">")} (@last_at, @last_id)", ("last_at", last.CreatedAt),
                ("last_id", last.Id));
        }
    }

    public static Task<List<(JobRow Job, string CreatedAt)>> ReadAsync(
        StoreSession session, JobScope scope, (string CreatedAt, string Id)? behind, int most)
    {
        JobPage page = new(scope, behind);
        return session.QueryAsync(page.Sql(), static row => (JobTable.Row(row), row.GetString(6)), [.. page._values, ("most", most)]);
    }

    private string Sql()
    {
        string[] names =
            [.. _scope.Statuses.Select(
            (status, number) => Named("status" + number.ToString(CultureInfo.InvariantCulture), status.ToString()))];
        if (names.Length < 2 || _scope.OnlyUnfinished)
        {
            return Select(names.Length == 0 ? null : "status in (" + string.Join(", ", names) + ")");
        }

        // Each has its jobs in their order; of several none has.
        return "select * from ("
            + string.Join(" union all ", names.Select((name, number) =>
                FormattableString.Invariant($"select * from ({Select("status = " + name)}) as part{number}")))
            + ") as parts" + _order;
    }

    private string Select(string? status)
    {
        string[] all = status is null ? [.. _conditions] : [status, .. _conditions];
        return "select " + JobTable.Columns + ", created_at from ~job"
            + (all.Length == 0 ? string.Empty : " where " + string.Join(" and ", all)) + _order;
    }

    private void Where(string condition, params (string, object?)[] values)
    {
        _conditions.Add(condition);
        _values.AddRange(values);
    }

    private void WhereText(string column, IReadOnlyList<TextBound> bounds)
    {
        if (bounds.Count > MostTexts)
        {
            return;
        }

        List<string> any = [];
        foreach (TextBound bound in bounds)
        {
            string name = column + any.Count.ToString(CultureInfo.InvariantCulture);
            any.Add(bound.End is null
                ? $"lower({column}) = {Named(name, bound.Text)}"
                : $"(lower({column}) >= {Named(name, bound.Text)} and lower({column}) < {Named(name + "_end", bound.End)})");
        }

        if (any.Count > 0)
        {
            Where(column + " is not null and (" + string.Join(" or ", any) + ")");
        }
    }

    private string Named(string name, string value)
    {
        _values.Add((name, value));
        return "@" + name;
    }
}
