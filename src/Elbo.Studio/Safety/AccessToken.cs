using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Elbo.Studio;

/// <summary>The secret of one start of the studio.</summary>
internal sealed class AccessToken
{
    /// <summary>Its name in an address.</summary>
    public const string Parameter = "token";

    private AccessToken(string value) => Value = value;

    public string Value { get; }

    public static AccessToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Compares in a time that tells nothing about how much was right.</summary>
    public bool Is(string? text) =>
        text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Value));
}
