using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Elbo.Web;

/// <summary>A secret of one server.</summary>
internal sealed class AccessToken
{
    /// <summary>The name of the query parameter of the printed address.</summary>
    public const string Parameter = "token";

    private AccessToken(string value) => Value = value;

    public string Value { get; }

    /// <summary>A token that was chosen elsewhere.</summary>
    public static AccessToken Of(string value) => new(value);

    public static AccessToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Compares in constant time, so that the duration does not reveal how many characters were correct.</summary>
    public bool Matches(string? text) =>
        text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Value));
}
