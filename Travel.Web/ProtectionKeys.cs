using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Travel.Web;

internal static class ProtectionKeys
{
    /// <summary>The keys that protect cookies, forms and stored sessions, in <see cref="WebOptions.KeyFolder"/> where one is set.</summary>
    public static void AddProtectionKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Travel.Web");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<WebOptions>, ILoggerFactory>((keys, web, loggers) =>
        {
            if (web.Value.KeyFolder is { Length: > 0 } folder)
                keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder), loggers);
        });
    }
}
