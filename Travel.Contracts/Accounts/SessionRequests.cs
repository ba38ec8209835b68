namespace Travel.Contracts.Accounts;

public sealed record SignInRequest(string Email, string Password);

public sealed record RefreshSessionRequest(string RefreshToken);

/// <param name="AccessToken">JWT for the Authorization header.</param>
/// <param name="RefreshToken">Opaque; good for one refresh. Using it twice ends the session.</param>
public sealed record SessionResponse(string AccessToken, DateTimeOffset AccessTokenExpiresAt, string RefreshToken);
