package origin

// StandardDate is the month whose state of the URL Standard the parser follows.
const StandardDate = "July 2026"
