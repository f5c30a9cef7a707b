// Package pagescript runs the documents of frames in a simulated browser: it makes the
// requests of their markup, runs their scripts in a JavaScript engine, and passes on the
// messages that they post. What it does not know, it notes in the result of the frame.
package pagescript
