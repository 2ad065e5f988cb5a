using System.Data.Common;

namespace Seedance.Store;

/// <summary>
/// The commands of one connection, kept between its uses: what SQLite has compiled once it only has to run again. Compiling took as long as
/// running.
/// </summary>
internal sealed class Statements
{
    private const int Most = 64; // More than there are texts; listings make theirs of what is asked for.
    private readonly Dictionary<string, DbCommand> _idle = new(StringComparer.Ordinal);

    /// <summary>One that nobody uses at the moment; null where there is none.</summary>
    public DbCommand? Take(string text) => _idle.TryGetValue(text, out DbCommand? command) && _idle.Remove(text) ? command : null;

    /// <summary>Only one that did its work; false where it is not kept.</summary>
    public bool Keep(DbCommand command)
    {
        if (_idle.Count >= Most || _idle.ContainsKey(command.CommandText))
        {
            return false;
        }

        command.Parameters.Clear();
        _idle.Add(command.CommandText, command);
        return true;
    }
}
