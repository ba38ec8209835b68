namespace Travel.Domain.Availability.Importing;

/// <summary>What a calendar had in it that could not be taken as it stands.</summary>
internal sealed class ReadingNotes
{
    public int Free { get; set; }
    public int WithoutStart { get; set; }
    public int WithoutEnd { get; set; }
    public int UnknownZones { get; set; }
    public int OddRepetitions { get; set; }

    public List<string> InWords() =>
    [
        .. from note in new[]
           {
               (Count: OddRepetitions, One: "repeats in a way we cannot read; only its first nights are closed.", Many: "repeat in a way we cannot read; only their first nights are closed."),
               (Count: WithoutStart, One: "has no date that we can read, and closes nothing.", Many: "have no date that we can read, and close nothing."),
               (Count: WithoutEnd, One: "has an end that we cannot read; only its first night is closed.", Many: "have ends that we cannot read; only their first nights are closed."),
               (Count: UnknownZones, One: "names a time zone we do not know; its hours are read as this place’s.", Many: "name a time zone we do not know; their hours are read as this place’s."),
               (Count: Free, One: "is marked there as free time, and closes nothing.", Many: "are marked there as free time, and close nothing."),
           }
           where note.Count > 0
           select note.Count == 1 ? "1 event " + note.One : $"{note.Count} events {note.Many}",
    ];
}
