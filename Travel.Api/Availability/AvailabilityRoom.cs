namespace Travel.Api.Availability;

internal static class AvailabilityRoom
{
    public static void MapAvailability(this IEndpointRouteBuilder api)
    {
        var everybody = api.MapGroup("/listings/{id:guid}").WithTags("Availability");
        everybody.MapTakenNights();
        everybody.MapCalendarFile();

        var host = api.MapGroup("/listings/{id:guid}").WithTags("Availability").RequireAuthorization().OnlyTheHost();
        host.MapHostCalendar();
        host.MapBlocks();
        host.MapCalendarToken();
        host.MapImports();
    }
}
