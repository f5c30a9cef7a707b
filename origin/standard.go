package origin

// StandardDate is the month of the URL Standard's text that the parser follows.
const StandardDate = "July 2026"
