"use strict";
// The recorder sets corsimDocument to the number of the document.
let corsimTurn = 0;
// A connection that ends at the wrong time makes a request fail, so each is made again.
const corsimAgain = (what) => setTimeout(what, 100);
const corsimAsk = () => {
	const script = document.createElement("script");
	script.onload = corsimNext;
	script.onerror = () => corsimAgain(corsimAsk);
	script.src = `/__corsim/turn?${corsimDocument}.${corsimTurn}`;
	document.head.append(script);
};
const corsimNext = () => {
	corsimTurn++;
	corsimAsk();
};
// Each result has a number of its own: the next step may have its result in the same turn.
let corsimResults = 0;
const corsimDone = (result) => {
	const path = `/__corsim/result?${corsimDocument}.${corsimResults++}`;
	const send = () => fetch(path, { method: "POST", mode: "no-cors", body: JSON.stringify(result) });
	const sendAgain = () => send().catch(() => corsimAgain(sendAgain));
	sendAgain();
};
onload = corsimNext;
