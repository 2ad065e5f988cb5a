using Seedance.Accounts;

namespace Seedance.Transport;

/// <summary>Who sees the exchanges. A record is made only where somebody looks.</summary>
internal sealed class ExchangeObservers
{
    private readonly object _gate = new();
    private IExchangeObserver[] _all = [];

    public IDisposable Add(IExchangeObserver observer)
    {
        lock (_gate)
        {
            _all = [.. _all, observer];
        }

        return new Subscription(this, observer);
    }

    public void Tell(ProviderRequest request, Func<ExchangeRecord, ExchangeRecord> fill)
    {
        IExchangeObserver[] all = Volatile.Read(ref _all);
        if (all.Length == 0)
        {
            return;
        }

        Account account = request.Account;
        Uri address = HttpMessages.Resolve(account.BaseOf(request.Message), request.Message);
        ExchangeRecord record = fill(new ExchangeRecord(
            account.Provider, account.Profile, request.Call.Verb, request.Message.Method.Method,
            account.Redactor.Redact(address.GetLeftPart(UriPartial.Path)))
        {
            Jobs = request.Call.Jobs,
            Model = request.Call.Model,
            Body = request.Message.Json is { } json ? BodyText.Of(json, account.Redactor) : null,
        });
        Array.ForEach(all, observer => observer.OnExchange(record));
    }

    private sealed class Subscription(ExchangeObservers owner, IExchangeObserver observer) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._all = [.. owner._all.Where(other => other != observer)];
            }
        }
    }
}
