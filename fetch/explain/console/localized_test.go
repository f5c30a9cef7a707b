package console_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain/console"
)

// TestLocalized reads Firefox's messages in other languages. The German ones are those
// of its catalogue. The others were written for this test from what the messages have in
// common in every language: the URL, the names of headers, the values and the status.
func TestLocalized(t *testing.T) {
	const german = "Quellübergreifende (Cross-Origin) Anfrage blockiert: Die Gleiche-Quelle-Regel verbietet das Lesen der externen Ressource auf https://api.test/users. (Grund: "
	for text, want := range map[string]struct {
		reason        fetch.Reason
		value, status string
	}{
		german + "CORS-Kopfzeile 'Access-Control-Allow-Origin' fehlt). Statuscode: 404.":                                                         {fetch.ReasonAllowOriginMissing, "", "404"},
		german + "CORS-Kopfzeile 'Access-Control-Allow-Origin' stimmt nicht mit 'http://a.test' überein).":                                       {fetch.ReasonAllowOriginMismatch, "http://a.test", ""},
		german + "CORS-Kopfzeile 'Access-Control-Allow-Origin' stimmt nicht mit 'https://a.test,https://b.test' überein).":                       {fetch.ReasonAllowOriginMultiple, "https://a.test,https://b.test", ""},
		german + "Berechtigung/Credential wird nicht unterstützt, wenn die CORS-Kopfzeile 'Access-Control-Allow-Origin' auf '*' gesetzt ist).":   {fetch.ReasonAllowOriginWildcard, "", ""},
		german + "Methode nicht in CORS-Kopfzeile 'Access-Control-Allow-Methods' gefunden).":                                                     {fetch.ReasonMethodNotAllowed, "", ""},
		german + "'true' in CORS-Kopfzeile 'Access-Control-Allow-Credentials' erwartet).":                                                        {fetch.ReasonAllowCredentialsMissing, "", ""},
		german + "CORS-Preflight-Antwort schlug fehl). Statuscode: 301.":                                                                         {fetch.ReasonPreflightRedirect, "", "301"},
		german + "CORS-Preflight-Antwort schlug fehl). Statuscode: 500.":                                                                         {fetch.ReasonPreflightStatus, "", "500"},
		german + "ungültiges Token 'a b' in CORS-Kopfzeile 'Access-Control-Allow-Headers').":                                                     {fetch.ReasonAllowHeadersMalformed, "", ""},
		german + "Kopfzeile 'x-token' ist aufgrund der Kopfzeile 'Access-Control-Allow-Headers' aus der CORS-Preflight-Antwort nicht zulässig).": {fetch.ReasonHeaderNotAllowed, "x-token", ""},
		german + "CORS-Anfrage schlug fehl). Statuscode: (null).":                                                                                {fetch.ReasonNetworkFailure, "", "(null)"},
		german + "CORS-Anfrage war nicht http).":                                                                                                 {fetch.ReasonSchemeNotHTTP, "", ""},
		"Blocage d’une requête multiorigines (Cross-Origin Request) : la politique « Same Origin » ne permet pas de consulter la ressource distante située sur https://api.test/users. Raison : l’en-tête CORS « Access-Control-Allow-Origin » est manquant. Code d’état : 200.": {fetch.ReasonAllowOriginMissing, "", "200"},
		"Solicitud desde otro origen bloqueada: la política de mismo origen impide leer el recurso remoto en https://api.test/users (razón: falta la cabecera CORS 'Access-Control-Allow-Origin'). Código de estado: 403.":                                                       {fetch.ReasonAllowOriginMissing, "", "403"},
		"Requisição cross-origin bloqueada: A diretiva Same Origin (mesma origem) não permite a leitura do recurso remoto em https://api.test/users (motivo: falha na requisição CORS). Código de status: (null).":                                                               {fetch.ReasonNetworkFailure, "", "(null)"},
		"Запрос из постороннего источника заблокирован: Политика одного источника запрещает чтение удаленного ресурса на https://api.test/users. (Причина: отсутствует заголовок CORS «Access-Control-Allow-Origin»). Код состояния: 200.":                                       {fetch.ReasonAllowOriginMissing, "", "200"},
		"Żądanie do zasobu innego pochodzenia zablokowane: zasady „Same Origin Policy” nie pozwalają wczytywać zdalnych zasobów z „https://api.test/users” (przyczyna: brak nagłówka CORS „Access-Control-Allow-Origin”). Kod stanu: 200.":                                       {fetch.ReasonAllowOriginMissing, "", "200"},
		"已拦截跨源请求：同源策略禁止读取位于 https://api.test/users 的远程资源。（原因：CORS 头缺少 'Access-Control-Allow-Origin'）。状态码：200。":                                                                                                                                                                   {fetch.ReasonAllowOriginMissing, "", "200"},
		"クロスオリジン要求をブロックしました: 同一生成元ポリシーにより、https://api.test/users にあるリモートリソースの読み込みは拒否されます (理由: CORS 要求が成功しなかった)。状態コード: (null)":                                                                                                                                                    {fetch.ReasonNetworkFailure, "", "(null)"},
	} {
		l, _, ok := console.Read(text)
		assert.Assert(t, ok, text)
		value, _ := l.Field("value")
		if word, ok := l.Field("word"); ok {
			value = word
		}
		status, _ := l.Field("status")
		url, _ := l.Field("url")
		assert.Check(t, l.Reasons[0] == want.reason && value == want.value && status == want.status && url == "https://api.test/users",
			"%q: %s %q %q %q", text, l.Reasons[0], value, status, url)
	}
	_, _, ok := console.Read("Wir haben https://api.test/ mit CORS versehen, und alles läuft.")
	assert.Check(t, ok) // it cannot be told from Firefox' line, which says nothing either
	_, _, ok = console.Read("Wir haben https://api.test/ gebaut, und alles läuft.")
	assert.Check(t, !ok)
}
