// A model of a fagsystem's endpoint (PostModtag) for Postfordeler, to copy from.
//
// Run it:  dotnet run -- 9101 received        (.NET 8 or newer, in this directory, nothing to install)
// Try it:  postfordeler try-endpoint http://127.0.0.1:9101/postmodtag
//
// It reads the whole letter, by Content-Length or in chunks, and writes it to a file; checks that it is well-formed; says
// COMPLETED only when the file is on the disk as received/<messageUUID>.xml; answers a letter that it has already as before;
// and rejects what is broken or too large. It listens on this machine alone: TLS and the caller's key belong to the web
// server in front of it.
using System.Text;
using System.Xml;

const long Largest = 104_333_312;
const string Memo = "https://DigitalPost.dk/MeMo-1";
var folder = Directory.CreateDirectory(args[1]).FullName;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders(); // an address may tell of a person; write your own log without personal data
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = Largest);
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
var app = builder.Build();

app.MapPost("/{**path}", async (HttpRequest request, CancellationToken gone) =>
{
    var part = Path.Combine(folder, $"{Guid.NewGuid()}.part");
    try
    {
        await using (var file = new FileStream(part, FileMode.CreateNew))
        {
            await request.Body.CopyToAsync(file, gone); // throws for a letter that is broken off or too large
            file.Flush(flushToDisk: true);
        }
        var message = MessageUuid(part);
        var kept = Path.Combine(folder, $"{message}.xml");
        // A letter that is here already is answered as before.
        if (!File.Exists(kept)) File.Move(part, kept, overwrite: true);
        return Receipt(200, message, "COMPLETED", null, null);
    }
    catch (BadHttpRequestException error) when (error.StatusCode == 413)
    {
        return Receipt(413, null, "INVALID", "memo.for_stor", "the letter is larger than 104,333,312 bytes");
    }
    catch (Exception error) when (error is XmlException or FormatException)
    {
        return Receipt(400, null, "INVALID", "memo.ugyldig", "the letter is no well-formed MeMo message");
    }
    finally
    {
        File.Delete(part);
    }
});

app.Start();
Console.WriteLine($"Receiving at {app.Urls.First()}/postmodtag");
app.WaitForShutdown();

// Reads the letter to its end, so that it is known to be well-formed, without keeping it in memory.
static Guid MessageUuid(string part)
{
    using var xml = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
    var (path, uuid) = (new List<string>(), new StringBuilder());
    while (xml.Read())
    {
        if (xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement) path.Add($"{xml.NamespaceURI} {xml.LocalName}");
        if (xml.NodeType == XmlNodeType.EndElement) path.RemoveAt(path.Count - 1);
        if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA
            && path.SequenceEqual([$"{Memo} Message", $"{Memo} MessageHeader", $"{Memo} messageUUID"]))
            uuid.Append(xml.Value);
    }
    return Guid.ParseExact(uuid.ToString().Trim(), "D"); // a FormatException for what is no UUID
}

static IResult Receipt(int status, Guid? message, string receipt, string? code, string? words) =>
    Results.Json(new Dictionary<string, object?>
    {
        ["transmissionId"] = Guid.NewGuid(), ["messageUUID"] = message, ["receiptStatus"] = receipt,
        ["errorCode"] = code, ["errorMessage"] = words, ["timeStamp"] = DateTimeOffset.UtcNow,
    }, statusCode: status);
