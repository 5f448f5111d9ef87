// The link dialog offers what a text may hold: addresses of the web, of the portal, of mail and telephone.
const PROTOCOLS = ["http://", "https://", ""];

CKEDITOR.on("dialogDefinition", ({ data }) => {
  if (data.name !== "link") return;
  const info = data.definition.getContents("info");
  const protocol = info.get("protocol");
  protocol.items = protocol.items.filter(([, value]) => PROTOCOLS.includes(value));
  const kind = info.get("linkType");
  // Headings get their anchors when a text is shown; there is nothing here to choose from.
  kind.items = kind.items.filter(([, value]) => value !== "anchor");
});
