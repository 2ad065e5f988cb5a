using Seedance.Accounts;

namespace Seedance.Transport;

/// <summary>
/// Who sees the exchanges. A record is made only where somebody looks. Looking calls code that is not ours, such as a listener of
/// OpenTelemetry; what it throws must not take an answer from a submit that was paid.
/// </summary>
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

        try
        {
            ExchangeRecord record = Record(request, fill);
            foreach (IExchangeObserver observer in all)
            {
                Tell(observer, record);
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // An exchange that cannot be described is not shown.
        }
    }

    private static void Tell(IExchangeObserver observer, ExchangeRecord record)
    {
        try
        {
            observer.OnExchange(record);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The others still see it.
        }
    }

    private static ExchangeRecord Record(ProviderRequest request, Func<ExchangeRecord, ExchangeRecord> fill)
    {
        Account account = request.Account;
        Uri address = HttpMessages.Resolve(account.BaseOf(request.Message), request.Message);
        return fill(new ExchangeRecord(
            account.Provider, account.Profile, request.Call.Verb, request.Message.Method.Method,
            account.Redactor.Redact(address.GetLeftPart(UriPartial.Path)))
        {
            Jobs = request.Call.Jobs,
            Model = request.Call.Model,
            Body = request.Message.Json is { } json ? BodyText.Of(json, account.Redactor) : null,
        });
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
