#!/bin/sh
printf 'Content-Type: text/plain\r\nAccess-Control-Allow-Origin: https://cgi.example\r\n\r\nok'
