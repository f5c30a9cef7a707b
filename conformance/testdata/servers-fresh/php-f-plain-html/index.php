<!DOCTYPE html>
<html><head><title>Hi</title></head><body><h1>Site</h1></body></html>
