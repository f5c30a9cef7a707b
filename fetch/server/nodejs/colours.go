package nodejs

// colourPackages are the packages that add colours for a terminal to all strings,
// such as "text".red.bold.
var colourPackages = map[string]bool{"colors": true, "@colors/colors": true, "colors.ts": true}

// addColours gives strings the properties that the packages add; each is the string
// itself, since a terminal is not modelled.
const addColours = `for (const name of ("black red green yellow blue magenta cyan white gray grey " +
	"brightRed brightGreen brightYellow brightBlue brightMagenta brightCyan brightWhite " +
	"bgBlack bgRed bgGreen bgYellow bgBlue bgMagenta bgCyan bgWhite bgGray bgGrey " +
	"reset bold dim italic underline inverse hidden strikethrough rainbow zebra america trap random strip stripColors").split(" ")) {
	Object.defineProperty(String.prototype, name, { get() { return String(this); }, configurable: true });
}`
