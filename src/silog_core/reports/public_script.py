"""The script of the public page: it draws the boxes that match, in both languages."""

from __future__ import annotations

#: Boxes that are drawn at once; whoever looks for one types its code.
SHOWN = 50

#: Reads the lines of `public_lines`; all text goes in as text, never as markup.
SCRIPT = """(function(){'use strict';
var g=function(i){return document.getElementById(i)},D=JSON.parse(g('boxes').textContent),
L=JSON.parse(g('words').textContent),W=D.words,T=D.texts,P=D.parties,B=D.boxes,SHOWN=__SHOWN__;
function el(n,k,c){var e=document.createElement(n);if(c)e.className=c;
[].concat(k).forEach(function(x){e.append(x)});return e}
function said(p){if(p[0]===p[1])return document.createTextNode(p[0]);
var f=document.createDocumentFragment();['id','en'].forEach(function(l,i){
var s=el('span',p[i]);s.lang=l;f.append(s)});return f}
function number(n){return said(['.',','].map(function(c){
return String(n).replace(/\\B(?=(\\d{3})+$)/g,c)}))}
function joined(a){var o=[];a.forEach(function(x,i){if(i)o.push(', ');o=o.concat(x)});
return o.length?o:['-']}
function step(s,b){return el('li',[].concat(said(W[s[0]]),s[1]<0?[]:' ('+T[s[1]]+')',': ',
joined(s[2].map(function(i){return b[6][i]})),'; ',said(L.verified),' ',
joined(s[3].map(function(i){return [said(W[P[i][0]]),' '+T[P[i][1]]]}))))}
function box(b){var d=el('dl',[]);function row(k,v){d.append(el('dt',said(L[k])),el('dd',v))}
row('station',b[1]);row('stage',said(W[b[2]]));row('condition',said(W[b[3]]));
row('place',b[4]<0?said(L.way):T[b[4]]);
row('holds',joined(b[5].map(function(h){return [T[h[0]]+': ',number(h[1])]})));
row('seals',joined(b[6].slice(0,b[7])));
var a=el('article',[el('h2',b[0]),d,el('ol',b[8].map(function(s){return step(s,b)}))]);
if(b[9].length)a.append(el('div',[el('b',said(L.problems)),el('ul',b[9].map(function(p){
return el('li',said(p))}))],'bad'));return a}
var F=B.map(function(b){return [b[1],b[0]].concat(b[6]).join(' ').toLowerCase()});
function look(){var t=g('q').value.trim().toLowerCase(),k=0,out=g('found');
out.textContent='';B.forEach(function(b,i){if(F[i].indexOf(t)<0)return;
if(k<SHOWN)out.append(box(b));k++});
g('none').hidden=k>0;g('more').hidden=k<=SHOWN;
g('count').textContent=k>SHOWN?SHOWN+' / '+k:''}
g('q').addEventListener('input',look);
[].forEach.call(document.querySelectorAll('button'),function(b){
b.addEventListener('click',function(){document.body.setAttribute('data-lang',b.value);
document.documentElement.lang=b.value})});look()})();""".replace("__SHOWN__", str(SHOWN))
